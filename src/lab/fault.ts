import { z } from "zod";
import { Patch } from "../domain/act.ts";
import { failureCodes } from "../domain/errors.ts";

/** Which acts or requests a fault hits; what is left out matches everything. */
const Match = z.strictObject({
  do: z.string().optional(),
  /** Machine or pool. */
  machine: z.string().optional(),
  /** Only for faults of the connection. */
  method: z.enum(["GET", "POST"]).optional(),
});
export type Match = z.infer<typeof Match>;

const wherever = Match.default({});
const one = z.strictObject({ machine: z.string() });
/** How many acts or requests are hit. */
const count = z.number().int().positive().default(1);

/** Body of `POST /faults`. Faults with `count` wear out; the others last until `DELETE /faults`. */
export const FaultRequest = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("fail-task"),
    match: wherever,
    count,
    code: z.enum(failureCodes).default("command-failed"),
    message: z.string().default("The task failed (injected fault)."),
    /** Share of the work that is done before it fails, 0 to below 1. */
    afterShare: z.number().min(0).lt(1).default(0),
  }),
  z.strictObject({ kind: z.literal("never-back"), match: wherever, count }),
  z.strictObject({ kind: z.literal("slow"), match: wherever, count, factor: z.number().positive().default(4) }),
  z.strictObject({ kind: z.literal("http-503"), match: wherever, count }),
  z.strictObject({ kind: z.literal("reset"), match: wherever, count }),
  z.strictObject({ kind: z.literal("reply-lost"), match: wherever, count }),
  z.strictObject({ kind: z.literal("hang"), match: wherever, count }),
  z.strictObject({
    kind: z.literal("unhealthy"),
    match: one,
    /** `patch`: only once a patch was installed, and healed by taking it back. */
    after: z.literal("patch").optional(),
    message: z.string().default("the service does not answer (injected fault)"),
  }),
  z.strictObject({
    kind: z.literal("capacity"),
    match: one,
    memoryMiB: z.number().positive(),
    vm: z.string().default("foreign-1"),
  }),
  z.strictObject({ kind: z.literal("new-patch"), match: one, patch: Patch.optional() }),
  z.strictObject({
    kind: z.literal("busy"),
    match: one,
    with: z.string().default("a backup job of somebody else"),
    /** World seconds after which it is over by itself. */
    forSeconds: z.number().positive().optional(),
  }),
  z.strictObject({ kind: z.literal("disk-full"), match: one }),
]);
export type FaultRequest = z.infer<typeof FaultRequest>;
/** What a person writes: everything with a default may be left out. */
export type FaultRequestInput = z.input<typeof FaultRequest>;
export type FaultKind = FaultRequest["kind"];

/** A fault in force. `left`: hits it still has; null where hits are not counted. */
export const Fault = z.object({
  id: z.string(),
  since: z.number(),
  left: z.number().int().nonnegative().nullable(),
  /** `unhealthy after patch` counts only when armed. */
  armed: z.boolean(),
  what: FaultRequest,
});
export type Fault = z.infer<typeof Fault>;
