import { z } from "zod";

const soakHint = "use whole minutes from 0 to 10080 (a week)";
const Minutes = z
  .number(soakHint)
  .int(soakHint)
  .min(0, soakHint)
  .max(7 * 24 * 60, soakHint);

function atLeastOne(what: string) {
  const hint = `use a whole number from 1 to 1000: ${what}`;
  return z.number(hint).int(hint).min(1, hint).max(1000, hint);
}

const Names = z.array(z.string().min(1)).max(50);

/** Room that stays free while hosts are away: for one more host that fails (N+1), or a share of the pool. */
const reserveHint = "use { hosts: 1 } for the room of the largest host, { hosts: 0 } for none, or { share: 0.2 }";
export const Reserve = z
  .strictObject({
    hosts: z.union([z.literal(0), z.literal(1)], reserveHint).optional(),
    share: z.number(reserveHint).min(0, reserveHint).max(0.9, reserveHint).optional(),
  })
  .refine(({ hosts, share }) => hosts === undefined || share === undefined, `says it twice; ${reserveHint}`);
export type Reserve = z.infer<typeof Reserve>;

/** The first to be patched; the others wait until these are well for a while. None named: the first in the order. */
export const Canary = z.strictObject({
  hosts: Names.default([]),
  guests: Names.default([]),
  soakMinutes: Minutes.default(0),
});
export type Canary = z.infer<typeof Canary>;

/**
 * How much may be away or under way at once. Names as in the field: `maxUnavailable` of Kubernetes is
 * `hostsPerPool`, `parallel_per_node` of OpenStack Watcher is `migrationsPerHost`. Runs carry out one step at a
 * time; numbers above 1 are for `npm run plan -- --at-once N`.
 */
export const Pace = z.strictObject({
  /** Hosts of a pool out of service at once. Where hosts carry the storage (vSAN, S2D …) 1, whatever is said here; never of two fault domains (rule R67). */
  hostsPerPool: atLeastOne("hosts of a pool out of service at once").default(1),
  /** Live migrations that touch one host at once, in and out together. */
  migrationsPerHost: atLeastOne("live migrations that touch one host at once").default(2),
  /** Live migrations of one pool at once; null: no limit of its own. */
  migrationsPerPool: atLeastOne("live migrations of a pool at once").nullable().default(null),
  /** Guests in their patch at once, over the whole cluster. */
  guestsAtOnce: atLeastOne("guests in their patch at once").default(1),
  reserve: Reserve.default({ hosts: 0 }),
  canary: Canary.optional(),
  /** Between the end of one layer and the begin of the next one that waits for it. */
  soakMinutes: Minutes.default(0),
});
export type Pace = z.infer<typeof Pace>;

export const defaultPace: Pace = Pace.parse({});
