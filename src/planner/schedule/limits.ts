import { type Draft, hostKinds } from "../draft.ts";
import { isDown, type World } from "../world.ts";
import type { UntimedStep } from "./one-after-another.ts";
import { paceOf } from "./pace-edges.ts";

/** Something of which only so many may be under way at once. */
export interface Place {
  readonly key: string;
  readonly limit: number;
}

/** What a step takes when it begins, and what is given back when it ends. */
export interface Claim {
  /** Taken and given back by this step. */
  readonly during: readonly Place[];
  /** Taken by this step and kept until `release` of a later one: a host out of service, a guest in its patch. */
  readonly takes: readonly Place[];
  readonly releases: readonly Place[];
  /** Machines that go down with this step, and those that are back after it. */
  readonly down: readonly string[];
  readonly up: readonly string[];
}

/** Kinds of pools whose hosts carry the storage: two away at once lose data or stop it, whatever room there is. */
export function hostsAtOnce(world: World, pool: string): number {
  return world.cluster.pools[pool]?.storage === undefined ? paceOf(world).hostsPerPool : 1;
}

/** Claims of every step, by index. */
export function claimsOf(
  world: World,
  drafts: ReadonlyMap<string, Draft>,
  steps: readonly UntimedStep[],
  byStage: ReadonlyMap<string, readonly number[]>,
): readonly Claim[] {
  const pace = paceOf(world);
  const claims = steps.map(({ act }) => ({
    during: act.do === "migrate" ? migrationPlaces(pace, act) : [],
    takes: [] as Place[],
    releases: [] as Place[],
    down: [] as string[],
    up: [] as string[],
  }));
  for (const [stage, own] of byStage) {
    const draft = drafts.get(stage);
    const rest = own.filter((i) => steps[i]?.act.do !== "migrate");
    const [first, last] = [claims[rest[0] ?? -1], claims[rest.at(-1) ?? -1]];
    if (!draft || !first || !last) continue;
    for (const place of placesOf(world, draft)) {
      first.takes.push(place);
      last.releases.push(place);
    }
    const machines = rest.flatMap((i) => downWith(steps[i]));
    const out = claims[rest.find((i) => downWith(steps[i]).length > 0) ?? -1];
    const back =
      claims[rest.findLast((i) => ["start-vm", "reboot", "leave-maintenance"].includes(steps[i]?.act.do ?? "")) ?? -1];
    if (!out || !back) continue;
    out.down.push(...new Set(machines));
    back.up.push(...new Set(machines));
  }
  return claims;
}

function migrationPlaces(
  pace: ReturnType<typeof paceOf>,
  { pool, from, to }: { readonly pool: string; readonly from: string; readonly to: string },
): readonly Place[] {
  const perHost = [from, to].map((host) => ({ key: `moves of host ${host}`, limit: pace.migrationsPerHost }));
  if (pace.migrationsPerPool === null) return perHost;
  return [...perHost, { key: `moves of pool ${pool}`, limit: pace.migrationsPerPool }];
}

function placesOf(world: World, draft: Draft): readonly Place[] {
  const { kind, pool } = draft;
  if (pool !== null && (kind === "host" || kind === "firmware"))
    return [{ key: `hosts of pool ${pool}`, limit: hostsAtOnce(world, pool) }];
  return isGuest(draft) ? [{ key: "guests", limit: paceOf(world).guestsAtOnce }] : [];
}

/** Stages that take one of the places for guests: everything but hosts and switches. */
export function isGuest({ kind }: Draft): boolean {
  return kind !== "prepare" && kind !== "restore" && !hostKinds.includes(kind);
}

function downWith(step: UntimedStep | undefined): readonly string[] {
  const act = step?.act;
  if (act?.do === "stop-vm") return [act.vm];
  if (act?.do === "enter-maintenance") return [act.host];
  return act?.do === "reboot" ? [act.machine] : [];
}

/** Groups by member, with how many members may be down at once beside those that are down already (rule R66). */
export function groupsByMember(
  world: World,
): ReadonlyMap<string, readonly { readonly name: string; readonly spare: number }[]> {
  const found = new Map<string, { name: string; spare: number }[]>();
  for (const group of world.groups) {
    const down = group.members.filter((member) => isDown(world, member)).length;
    const one = { name: group.name, spare: group.members.length - down - group.need };
    for (const member of group.members) found.set(member, [...(found.get(member) ?? []), one]);
  }
  return found;
}
