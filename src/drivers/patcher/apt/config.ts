import { z } from "zod";

/** Settings of one machine patched by apt. */
export const AptConfig = z.strictObject({
  driver: z.literal("apt").optional(),
  /** The transport's user is not root, but may run everything by `sudo -n` without a password. */
  sudo: z.boolean().default(false),
  /** How long `apt-get update` may take. */
  updateTimeoutSeconds: z.number().positive().max(3600).default(300),
  /** How long an installation is waited for. It is never torn down by this: it goes on at the machine. */
  patchTimeoutSeconds: z
    .number()
    .positive()
    .max(6 * 3600)
    .default(3600),
  /** How long a machine may take from the order to reboot until it answers again and has finished booting. */
  rebootTimeoutSeconds: z
    .number()
    .positive()
    .max(2 * 3600)
    .default(900),
});
export type AptConfig = z.infer<typeof AptConfig>;
