import { type Act, actTarget } from "../domain/act.ts";
import type { Fault, FaultKind, FaultRequest, Match } from "./fault.ts";
import { hostOf, machineOf } from "./read.ts";
import { write } from "./scene.ts";
import type { Truth } from "./truth.ts";

/** Puts a fault in force. Throws `NotInEstate` when it names a machine that is not there. */
export function inject(truth: Truth, what: FaultRequest): Fault {
  const machine = what.match.machine;
  if (machine !== undefined && !truth.pools[machine]) machineOf(truth, machine);
  truth.faultCount += 1;
  const fault: Fault = {
    id: `fault-${truth.faultCount}`,
    since: truth.now,
    left: "count" in what ? what.count : null,
    armed: !(what.kind === "unhealthy" && what.after === "patch"),
    what,
  };
  takeEffect(truth, what);
  truth.faults.push(fault);
  write(truth, { event: "fault", ...(machine === undefined ? {} : { machine }), text: JSON.stringify(what) });
  return fault;
}

/** What a fault changes in the estate at once. */
function takeEffect(truth: Truth, what: FaultRequest): void {
  if (what.kind === "capacity") {
    const { pool } = hostOf(truth, what.match.machine);
    truth.vms[what.vm] = foreignVm(truth, pool, what.match.machine, what.memoryMiB);
  }
  if (what.kind === "new-patch") {
    const machine = machineOf(truth, what.match.machine);
    const fresh = what.patch ?? latePatch;
    machine.installed[fresh.name] ??= fresh.from;
    machine.runs[fresh.name] ??= fresh.from;
    machine.patches = [...machine.patches.filter(({ name }) => name !== fresh.name), fresh];
  }
}

const latePatch = {
  name: "late-fix",
  from: "1.0-1",
  to: "1.0-2",
  kind: "security",
  source: "simulated (injected fault)",
  oldAvailable: true,
} as const;

function foreignVm(truth: Truth, pool: string, host: string, memoryMiB: number): Truth["vms"][string] {
  return {
    pool,
    host,
    memoryMiB,
    system: "foreign VM (simulated)",
    power: "on",
    installed: {},
    runs: {},
    patches: [],
    needsReboot: { needed: false, why: "nothing pending" },
    backOut: { possible: false, why: "not ours" },
    patchSeconds: 60,
    rebootSeconds: 60,
    migratable: { ok: true },
    snapshotable: { ok: true },
    bootedAt: truth.now,
    boots: 1,
    outages: [],
    snapshots: [],
  };
}

/** The first fault of the kind that matches the act and is not worn out; takes one hit off it. */
export function wearOut(truth: Truth, kind: FaultKind, act: Act): Fault | undefined {
  const found = truth.faults.find(({ what, left }) => what.kind === kind && left !== 0 && matchesAct(what.match, act));
  if (found?.left) found.left -= 1;
  return found;
}

export function matchesAct(match: Match, act: Act): boolean {
  if (match.do !== undefined && match.do !== act.do) return false;
  return (
    match.machine === undefined || match.machine === actTarget(act) || ("pool" in act && match.machine === act.pool)
  );
}

/** Takes faults away; machines that never came back are switched on by a helping hand. Returns how many went. */
export function clearFaults(truth: Truth, which: { id?: string | undefined; kind?: string | undefined }): number {
  const goes = truth.faults.filter(
    ({ id, what }) => (which.id ?? id) === id && (which.kind ?? what.kind) === what.kind,
  );
  for (const { id, what } of goes) {
    if (what.kind === "capacity") delete truth.vms[what.vm];
    for (const task of truth.tasks) if (task.stuckBy === id && task.state === "running") task.dueAt = truth.now;
  }
  truth.faults = truth.faults.filter((fault) => !goes.includes(fault));
  write(truth, { event: "faults-cleared", text: goes.map(({ id }) => id).join(", ") || "none" });
  return goes.length;
}
