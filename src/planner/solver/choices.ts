import type { Model } from "./model.ts";
import { whole } from "./numbers.ts";
import type { Random } from "./random.ts";

/** What a greedy run is free to choose; the search tries many. */
export interface Choices {
  /** Hosts with pending patches, in the order in which they would like to be emptied. */
  readonly order: readonly number[];
  /** While this many hosts are out of service or being emptied, no VM moves to a host that still waits. */
  readonly lanes: number;
  /** How many hosts may be refused in one look before it ends. */
  readonly refusals: number;
  /** Fill the fullest target that fits, or the emptiest. */
  readonly fit: "tight" | "loose";
  /** Move VMs of the next host ahead of its turn into room that is too small for all of it. */
  readonly ahead: boolean;
  /** Make room for a VM by moving a smaller one out of its way. */
  readonly eject: boolean;
  /** VMs that move for at least this long leave the next hosts ahead of their turn; infinite: none does. */
  readonly slowSeconds: number;
  /** How many hosts count as next. */
  readonly horizon: number;
  /** Hosts that take longer than this to empty are looked at after the others; infinite: all are looked at once. */
  readonly drainSeconds: number;
  /** And only when nothing else is under way. */
  readonly patient: boolean;
  /** Slow movers get their places before further hosts are committed to. */
  readonly slowFirst: boolean;
  /** Moves to begin with, as VM and host: what does not fit is left out. */
  readonly opening: readonly (readonly [vm: number, host: number])[];
  /** Where VMs would like to go, by VM; -1: anywhere. Null: nobody has a wish. */
  readonly wishes: Int32Array | null;
}

/** No limit that binds: more than any estate has hosts. */
const noLimit = 1_000_000;
const never = Number.POSITIVE_INFINITY;

const plain: Omit<Choices, "order"> = {
  lanes: noLimit,
  refusals: 20,
  fit: "tight",
  ahead: false,
  eject: false,
  slowSeconds: never,
  horizon: 1,
  drainSeconds: never,
  patient: false,
  slowFirst: false,
  opening: [],
  wishes: null,
};

/** Hosts with something pending, in the model's order. */
export function pendingHosts(model: Model): number[] {
  const hosts: number[] = [];
  for (let host = 0; host < model.hosts; host += 1) if (whole(model.patch, host) > 0) hosts.push(host);
  return hosts;
}

/** Seconds of migration on each host: how much work it is to empty it. */
function drainWork(model: Model): Float64Array {
  const work = new Float64Array(model.hosts);
  for (let vm = 0; vm < model.vms; vm += 1) {
    const host = whole(model.vmHost, vm);
    work[host] = (work[host] ?? 0) + whole(model.vmSeconds, vm);
  }
  return work;
}

/** Where every search begins: orders that are good more often than not, the most promising first. */
export function usualChoices(model: Model): Choices[] {
  const listed = pendingHosts(model);
  const work = drainWork(model);
  const lightFirst = [...listed].sort((a, b) => (work[a] ?? 0) - (work[b] ?? 0) || a - b);
  const longFirst = [...listed].sort((a, b) => whole(model.patch, b) - whole(model.patch, a) || a - b);
  return [
    { ...plain, order: lightFirst },
    { ...plain, order: longFirst, fit: "loose" },
    { ...plain, order: lightFirst, fit: "loose", ahead: true },
    { ...plain, order: longFirst, eject: true },
    { ...plain, order: lightFirst, eject: true, drainSeconds: 150, slowSeconds: 100, horizon: 8 },
    { ...plain, order: lightFirst, lanes: 1, eject: true },
  ];
}

/** Any choices at all. */
export function anyChoices(model: Model, random: Random): Choices {
  const byLength = random.next() < 0.5 ? 1 / 1000 : 0;
  const keyed = pendingHosts(model).map((host) => ({
    host,
    key: random.next() * 2 + byLength * whole(model.patch, host),
  }));
  keyed.sort((a, b) => b.key - a.key || a.host - b.host);
  return { ...anyHabits(model, random), order: keyed.map(({ host }) => host) };
}

function anyHabits(model: Model, random: Random): Omit<Choices, "order"> {
  return {
    lanes: random.next() < 0.7 ? noLimit : 1 + random.below(8),
    refusals: random.below(20),
    fit: random.next() < 0.5 ? "tight" : "loose",
    ahead: random.next() < 0.5,
    eject: random.next() < 0.5,
    slowSeconds: random.next() < 0.5 ? never : 20 + random.below(200),
    horizon: 1 + random.below(model.hosts),
    drainSeconds: random.next() < 0.4 ? never : 40 + random.below(260),
    patient: random.next() < 0.3,
    slowFirst: random.next() < 0.3,
    opening: [],
    wishes: null,
  };
}

const habits = [
  "lanes",
  "refusals",
  "fit",
  "ahead",
  "eject",
  "slowSeconds",
  "horizon",
  "drainSeconds",
  "patient",
  "slowFirst",
] as const;

/** The same with one thing changed. */
export function varied(model: Model, choices: Choices, random: Random): Choices {
  const dice = random.next();
  if (dice < 0.42) return { ...choices, order: swapped(choices.order, random) };
  if (dice < 0.75) return { ...choices, order: shifted(choices.order, random) };
  if (dice < 0.9) {
    const other = anyHabits(model, random);
    const habit = habits[random.below(habits.length)] ?? "fit";
    return { ...choices, [habit]: other[habit] };
  }
  return { ...choices, opening: otherOpening(model, choices.opening, random) };
}

function swapped(order: readonly number[], random: Random): number[] {
  const next = [...order];
  const a = random.below(next.length);
  const b = random.below(next.length);
  const held = next[a] ?? 0;
  next[a] = next[b] ?? 0;
  next[b] = held;
  return next;
}

function shifted(order: readonly number[], random: Random): number[] {
  const next = [...order];
  const [host] = next.splice(random.below(next.length), 1);
  if (host !== undefined) next.splice(random.below(next.length + 1), 0, host);
  return next;
}

/** One opening move more or less; slow movers are tried more often, as they hold a host up the longest. */
function otherOpening(model: Model, opening: Choices["opening"], random: Random): Choices["opening"] {
  if (model.vms === 0) return opening;
  const next = [...opening];
  if (next.length > 0 && random.next() < 0.4) {
    next.splice(random.below(next.length), 1);
    return next;
  }
  let vm = random.below(model.vms);
  const slow = random.next() < 0.8 ? 60 : 0;
  for (let turn = 0; turn < 20 && whole(model.vmSeconds, vm) < slow; turn += 1) vm = random.below(model.vms);
  next.splice(random.below(next.length + 1), 0, [vm, random.below(model.hosts)]);
  return next;
}
