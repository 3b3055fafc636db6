import { real, whole } from "./numbers.ts";
import { breakFirmPromise, type Pipeline, promiseFirmly, roomCpu, roomMemory } from "./promises.ts";
import { inPatch, served, waiting } from "./state.ts";

/** Which targets come into question for a VM. */
export interface Terms {
  /** Hosts that still wait for their patch, too; only those from this rank on. */
  readonly late: boolean;
  readonly fromRank: number;
  /** Only room that is there, not what is about to come free. */
  readonly firm: boolean;
}

/** May a VM go there at all, room apart? In service, not being emptied, of its pool, and no member of its group there. */
export function isOpenTo(pipe: Pipeline, vm: number, host: number, terms: Terms): boolean {
  const { model, state } = pipe;
  const from = whole(state.at, vm);
  const phase = whole(state.phase, host);
  if (phase === inPatch || whole(pipe.draining, host) === 1 || host === from) return false;
  if (phase === waiting) {
    if (!terms.late || whole(pipe.rank, host) < terms.fromRank) return false;
    if (whole(model.newerOnly, host) === 1 && whole(state.phase, from) === served) return false;
  }
  const group = whole(model.vmGroup, vm);
  if (group < 0) return true;
  const cell = group * model.hosts + host;
  return whole(state.members, cell) + whole(pipe.heldMembers, cell) === 0;
}

export function hasRoom(pipe: Pipeline, vm: number, host: number, firm: boolean): boolean {
  const { model } = pipe;
  const lessCpu = firm ? real(pipe.creditCpu, host) : 0;
  const lessMemory = firm ? real(pipe.creditMemory, host) : 0;
  return (
    roomCpu(pipe, host) - lessCpu >= real(model.vmCpu, vm) &&
    roomMemory(pipe, host) - lessMemory >= real(model.vmMemory, vm)
  );
}

/** The host that a VM goes to: one that is served if any has room, else the one whose turn comes last. -1: none. */
export function bestTarget(pipe: Pipeline, vm: number, terms: Terms): number {
  const { model, state, choices } = pipe;
  const wish = choices.wishes === null ? -1 : whole(choices.wishes, vm);
  if (wish >= 0 && isOpenTo(pipe, vm, wish, terms) && hasRoom(pipe, vm, wish, terms.firm)) return wish;
  const tight = choices.fit === "tight";
  let best = -1;
  let bestScore = Number.POSITIVE_INFINITY;
  for (const host of pipe.poolHosts[whole(model.pool, whole(state.at, vm))] ?? []) {
    // Room first: in a full estate it refuses most hosts, and costs least to look at.
    if (!hasRoom(pipe, vm, host, terms.firm) || !isOpenTo(pipe, vm, host, terms)) continue;
    const left =
      shareOf(roomCpu(pipe, host), real(model.cpu, host)) + shareOf(roomMemory(pipe, host), real(model.memory, host));
    const room = tight ? left : -left;
    // A served host is always better than one that must be emptied again: the two ranges of scores do not meet.
    const score = whole(state.phase, host) === served ? room : 1000 + room * 0.5 - whole(pipe.rank, host) / model.hosts;
    if (score < bestScore) {
      bestScore = score;
      best = host;
    }
  }
  return best;
}

/** Estates whose cpus are not known have none. */
function shareOf(room: number, of: number): number {
  return of > 0 ? room / of : 0;
}

/**
 * Finds a host where moving one smaller VM away makes room for this one, promises that VM its new place and
 * notes it in `ejected`. The quickest such move is taken. -1: there is none.
 */
export function makeRoom(pipe: Pipeline, vm: number, late: boolean, ejected: number[]): number {
  const { model, state } = pipe;
  const terms: Terms = { late, fromRank: 0, firm: false };
  let quickest = -1;
  let place = -1;
  let itsTarget = -1;
  for (const host of pipe.poolHosts[whole(model.pool, whole(state.at, vm))] ?? []) {
    if (!isOpenTo(pipe, vm, host, terms)) continue;
    const needCpu = real(model.vmCpu, vm) - roomCpu(pipe, host);
    const needMemory = real(model.vmMemory, vm) - roomMemory(pipe, host);
    for (const other of pipe.guests[host] ?? []) {
      if (real(model.vmCpu, other) < needCpu || real(model.vmMemory, other) < needMemory) continue;
      if (quickest >= 0 && whole(model.vmSeconds, other) >= whole(model.vmSeconds, quickest)) continue;
      if (whole(model.sizeRank, other) >= whole(model.sizeRank, vm) || !staysOn(pipe, other, host)) continue;
      const to = bestTarget(pipe, other, { late: true, fromRank: 0, firm: true });
      if (to < 0) continue;
      quickest = other;
      place = host;
      itsTarget = to;
    }
  }
  if (quickest < 0) return -1;
  promiseFirmly(pipe, quickest, itsTarget);
  // The place it goes to may have been the place that was found: then nothing was won.
  if (!hasRoom(pipe, vm, place, false)) {
    breakFirmPromise(pipe, quickest);
    return -1;
  }
  ejected.push(quickest);
  return place;
}

/** Is the VM on this host, not in flight, and without a promise to go elsewhere? */
export function staysOn({ state, target }: Pipeline, vm: number, host: number): boolean {
  return whole(state.at, vm) === host && whole(state.to, vm) < 0 && whole(target, vm) < 0;
}
