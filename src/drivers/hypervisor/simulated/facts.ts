import { z } from "zod";
import { HostFacts, PoolFacts } from "../../../domain/facts.ts";

/** Answer of `GET /pools/:pool`: the facts, and what only the look before an act needs. */
export const PoolAnswer = PoolFacts.extend({
  now: z.iso.datetime(),
  hosts: z.array(HostFacts.extend({ freeMiB: z.number(), agentStartedAt: z.iso.datetime() })),
});
export type PoolAnswer = z.infer<typeof PoolAnswer>;

export function findHost(pool: PoolAnswer, name: string) {
  return pool.hosts.find(({ host }) => host === name);
}

export function findVm(pool: PoolAnswer, name: string) {
  return pool.vms.find(({ vm }) => vm === name);
}

export function findSwitch(pool: PoolAnswer, name: string) {
  return pool.switches.find((each) => each.name === name);
}
