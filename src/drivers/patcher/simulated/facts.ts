import { z } from "zod";
import type { Patch } from "../../../domain/act.ts";
import { MachineFacts } from "../../../domain/facts.ts";

/** Answer of `GET /machines/:name`: the facts, and what only the look before an act needs. */
export const MachineAnswer = MachineFacts.extend({
  kind: z.enum(["host", "vm"]),
  /** The simulator tells of machines that are down; only those that are up could tell by themselves. */
  up: z.boolean(),
  /** Start of the machine's agent: newer than before means it was booted (rule R24). */
  agentStartedAt: z.iso.datetime(),
  installed: z.record(z.string(), z.string()),
  guests: z.array(z.string()),
});
export type MachineAnswer = z.infer<typeof MachineAnswer>;

/** One line per patch, to compare what was approved with what is on offer. */
export function patchLines(patches: readonly Patch[]): string[] {
  return patches.map(({ name, from, to }) => `${name} ${from} -> ${to}`);
}
