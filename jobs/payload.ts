import { z } from "zod";

/** All a job carries. */
export const Payload = z.object({ runId: z.string().regex(/^[a-z0-9-]{1,64}$/) });
