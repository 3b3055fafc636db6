import { z } from "zod";

const runId = /^[a-z0-9-]{1,64}$/;

/** Value of approve and reject: `<run>:<digest>`. */
export const ApprovalValue = z
  .string()
  .regex(/^[a-z0-9-]{1,64}:[0-9a-f]{64}$/)
  .transform((value) => ({ run: value.slice(0, -65), digest: value.slice(-64) }));

/** Value of the run card's buttons: `<run>`. */
export const RunValue = z.string().regex(runId);

/** Value of a prompt's buttons: `<run>:<prompt>`. */
export const PromptValue = z
  .string()
  .regex(/^[a-z0-9-]{1,64}:p-[a-z0-9-]{1,64}$/)
  .transform((value) => {
    const at = value.indexOf(":");
    return { run: value.slice(0, at), prompt: value.slice(at + 1) };
  });
