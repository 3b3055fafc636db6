import type { ActKind, ActOf } from "../../../domain/act.ts";
import { PatchError } from "../../../domain/errors.ts";
import type { Blocker } from "../../../domain/outcome.ts";
import type { Operation, Operations, RepeatClass } from "../../operation.ts";
import { type EstateClient, nextSteps } from "../../transport/estate-http.ts";
import * as stands from "./blockers.ts";
import { findHost, findSwitch, findVm, PoolAnswer } from "./facts.ts";

/** World seconds an act may take before we say so; far above what the simulator needs. */
const deadlineSeconds = 900;

interface Kind<K extends ActKind> {
  readonly repeat: RepeatClass;
  /** All that stands in the way, read right before the act. */
  readonly blockers: (pool: PoolAnswer, act: ActOf<K>) => Blocker[];
  /** Does the world show the effect? */
  readonly holds: (pool: PoolAnswer, act: ActOf<K>) => boolean;
}

/** Acts of one pool. Acts that put something back are not held up by somebody else's tasks. */
export function poolOperations(client: EstateClient, poolName: string): Operations {
  const path = `/pools/${encodeURIComponent(poolName)}`;
  const build = <K extends ActKind>({ repeat, blockers, holds }: Kind<K>): Operation<K> => ({
    repeat,
    look: async (act, signal) => {
      const pool = await client.get(path, PoolAnswer, signal);
      return { blockers: blockers(pool, act), before: { readAt: pool.now, deadlineSeconds: String(deadlineSeconds) } };
    },
    probe: (_act, tag, _before, signal) => client.probe(tag, signal),
    start: (act, tag, _before, signal) => client.start(act, tag, signal),
    follow: async (act, handle, before, watch) => {
      const outcome = await client.follow(handle, before, watch, tooLate(poolName, act.do));
      const pool = await client.getPatiently(path, PoolAnswer, watch.signal);
      if (!holds(pool, act)) throw contradiction(poolName, act.do);
      return outcome;
    },
  });
  return {
    "set-switch": build(setSwitch),
    migrate: build(migrate),
    "enter-maintenance": build(enterMaintenance),
    "leave-maintenance": build(leaveMaintenance),
    "stop-vm": build(stopVm),
    "start-vm": build(startVm),
    snapshot: build(snapshot),
    "revert-snapshot": build(revertSnapshot),
    "remove-snapshot": build(removeSnapshot),
  };
}

const setSwitch: Kind<"set-switch"> = {
  repeat: "repeat",
  blockers: (pool, { name, on }) => [...stands.switchMissing(pool, name), ...(on ? [] : stands.poolBusy(pool))],
  holds: (pool, { name, on }) => findSwitch(pool, name)?.on === on,
};

const migrate: Kind<"migrate"> = {
  repeat: "reconcile",
  blockers: (pool, { vm, from, to }) => [
    ...stands.vmNotAs(pool, vm, { host: from, running: true }),
    ...stands.cannotMove(pool, vm),
    ...stands.noRoom(pool, to, vm),
    ...stands.poolBusy(pool),
  ],
  holds: (pool, { vm, to }) => findVm(pool, vm)?.host === to,
};

const enterMaintenance: Kind<"enter-maintenance"> = {
  repeat: "repeat",
  blockers: (pool, { host }) => [
    ...stands.hostDown(pool, host),
    ...stands.alreadyInMaintenance(pool, host),
    ...stands.stillRunningOn(pool, host),
    ...stands.poolBusy(pool),
  ],
  holds: (pool, { host }) => findHost(pool, host)?.maintenance === true,
};

const leaveMaintenance: Kind<"leave-maintenance"> = {
  repeat: "repeat",
  blockers: (pool, { host }) => stands.hostDown(pool, host),
  holds: (pool, { host }) => {
    const found = findHost(pool, host);
    return found?.online === true && !found.maintenance;
  },
};

const stopVm: Kind<"stop-vm"> = {
  repeat: "reconcile",
  blockers: (pool, { vm }) => [...stands.vmNotAs(pool, vm, { running: true }), ...stands.poolBusy(pool)],
  holds: (pool, { vm }) => findVm(pool, vm)?.running === false,
};

const startVm: Kind<"start-vm"> = {
  repeat: "reconcile",
  blockers: (pool, { vm, host }) => [...stands.vmNotAs(pool, vm, { running: false }), ...stands.noRoom(pool, host, vm)],
  holds: (pool, { vm, host }) => findVm(pool, vm)?.running === true && findVm(pool, vm)?.host === host,
};

const snapshot: Kind<"snapshot"> = {
  repeat: "reconcile",
  blockers: (pool, { vm, name }) => [
    ...stands.cannotSnapshot(pool, vm),
    ...stands.snapshotNotAs(pool, vm, name, false),
    ...stands.poolBusy(pool),
  ],
  holds: (pool, { vm, name }) => findVm(pool, vm)?.snapshots.includes(name) === true,
};

const revertSnapshot: Kind<"revert-snapshot"> = {
  repeat: "reconcile",
  blockers: (pool, { vm, name }) => stands.snapshotNotAs(pool, vm, name, true),
  holds: (pool, { vm }) => findVm(pool, vm)?.running === true,
};

const removeSnapshot: Kind<"remove-snapshot"> = {
  repeat: "reconcile",
  blockers: (pool, { vm, name }) => stands.snapshotNotAs(pool, vm, name, true),
  holds: (pool, { vm, name }) => findVm(pool, vm)?.snapshots.includes(name) === false,
};

function tooLate(pool: string, act: ActKind) {
  const message = `${act} in pool ${pool} is not through after ${deadlineSeconds / 60} minutes of the world's clock.`;
  return { code: "timeout", message, next: "Look at the task in the pool; continue when it has ended." } as const;
}

function contradiction(pool: string, act: ActKind): PatchError {
  const message = `Pool ${pool} calls ${act} done, but its facts do not show it.`;
  return new PatchError({ code: "bad-answer", retry: "never", message, next: nextSteps["bad-answer"] });
}
