import type { Act } from "../domain/act.ts";
import { actWords } from "../domain/act-words.ts";
import type { Pending, PoolFacts } from "../domain/facts.ts";
import type { Policy } from "../domain/inventory.ts";
import type { Outage, Undo } from "../domain/plan.ts";
import { defaultSeconds } from "./defaults.ts";
import type { Draft } from "./draft.ts";
import type { Drain } from "./drain.ts";

/** A step before it has an id and a stage; `closes` names the act kind whose ledger entry it closes. */
export interface StepDraft {
  readonly act: Act;
  readonly seconds: number;
  readonly outages: readonly Outage[];
  readonly undo: Undo | null;
  readonly closes: { readonly do: Act["do"]; readonly target: string } | null;
}

/** Times are whole seconds, rounded up: an owner is never told too short a time. */
function step(act: Act, seconds: number, more: Partial<Omit<StepDraft, "act" | "seconds">> = {}): StepDraft {
  const outages = (more.outages ?? []).map((outage) => ({ ...outage, seconds: Math.ceil(outage.seconds) }));
  return { act, undo: null, closes: null, ...more, seconds: Math.ceil(seconds), outages };
}

function switchBack(acts: Act[], text: string): Undo {
  return { kind: "switch", acts, text, until: "always", loses: "nothing" };
}

/** Switches off before the first host, or on again after the last. */
export function switchSteps(pool: PoolFacts, on: boolean): readonly StepDraft[] {
  return pool.switches
    .filter((one) => one.on && one.offDuringRun)
    .map((one) => {
      const act: Act = { do: "set-switch", pool: pool.pool, name: one.name, on };
      const back: Act = { ...act, on: true };
      return on
        ? step(act, defaultSeconds.setSwitch, { closes: { do: "set-switch", target: `${pool.pool}/${one.name}` } })
        : step(act, defaultSeconds.setSwitch, { undo: switchBack([back], actWords(back)) });
    });
}

/** A host without a hypervisor, or a host whose patches need no reboot: nothing has to move. */
export function plainSteps(draft: Draft, pending: Pending, policy: Policy): readonly StepDraft[] {
  const machine = draft.target;
  const reboots = pending.reboot.needed && policy.reboots === "when-needed";
  const outage: Outage = { machine, seconds: pending.estimate.rebootSeconds, why: pending.reboot.why };
  return [
    step({ do: "patch", machine, patches: [...pending.patches] }, pending.estimate.patchSeconds, {
      undo: revertUndo(machine, pending, reboots),
    }),
    ...(reboots ? [step({ do: "reboot", machine }, pending.estimate.rebootSeconds, { outages: [outage] })] : []),
    step({ do: "check-health", machine }, defaultSeconds.checkHealth),
  ];
}

/** Empty, maintenance, patch, reboot, check, back in service, start what had to go down. */
export function hypervisorSteps(
  pool: PoolFacts,
  host: string,
  pending: Pending,
  emptied: Drain,
  starts: readonly string[] = emptied.stops.map(({ vm }) => vm.vm),
): readonly StepDraft[] {
  const cycle =
    defaultSeconds.enterMaintenance +
    Math.ceil(pending.estimate.patchSeconds) +
    Math.ceil(pending.estimate.rebootSeconds) +
    defaultSeconds.checkHealth +
    defaultSeconds.leaveMaintenance;
  // Each is down while those after it are stopped, and until all that are started before it are up.
  const downSeconds = (vm: string, i: number) =>
    (emptied.stops.length - 1 - i) * defaultSeconds.stopVm +
    cycle +
    (starts.indexOf(vm) + 1) * Math.ceil(pool.estimate.startVmSeconds);
  const enter: Act = { do: "enter-maintenance", pool: pool.pool, host };
  const leave: Act = { do: "leave-maintenance", pool: pool.pool, host };
  return [
    ...emptied.moves.map(({ vm, from, to }) =>
      step({ do: "migrate", pool: pool.pool, vm: vm.vm, from, to }, pool.estimate.migrateSeconds),
    ),
    ...emptied.stops.map(({ vm, why }, i) => {
      const start: Act = { do: "start-vm", pool: pool.pool, vm: vm.vm, host };
      return step({ do: "stop-vm", pool: pool.pool, vm: vm.vm }, defaultSeconds.stopVm, {
        outages: [{ machine: vm.vm, seconds: downSeconds(vm.vm, i), why: `goes down with ${host}: ${why}` }],
        undo: switchBack([start], actWords(start)),
      });
    }),
    step(enter, defaultSeconds.enterMaintenance, { undo: switchBack([leave], actWords(leave)) }),
    step({ do: "patch", machine: host, patches: [...pending.patches] }, pending.estimate.patchSeconds, {
      undo: revertUndo(host, pending, true),
    }),
    step({ do: "reboot", machine: host }, pending.estimate.rebootSeconds),
    step({ do: "check-health", machine: host }, defaultSeconds.checkHealth),
    step(leave, defaultSeconds.leaveMaintenance, { closes: { do: "enter-maintenance", target: host } }),
    ...starts.map((vm) =>
      step({ do: "start-vm", pool: pool.pool, vm, host }, pool.estimate.startVmSeconds, {
        closes: { do: "stop-vm", target: vm },
      }),
    ),
  ];
}

/** Off and on again, where it runs by now: a reboot would not give it new CPU bits (rules R16-R18). */
export function cycleSteps(pool: PoolFacts, vm: string, host: string, why: string): readonly StepDraft[] {
  const start: Act = { do: "start-vm", pool: pool.pool, vm, host };
  const seconds = defaultSeconds.stopVm + pool.estimate.startVmSeconds;
  return [
    step({ do: "stop-vm", pool: pool.pool, vm }, defaultSeconds.stopVm, {
      outages: [{ machine: vm, seconds, why }],
      undo: switchBack([start], actWords(start)),
    }),
    step(start, pool.estimate.startVmSeconds, { closes: { do: "stop-vm", target: vm } }),
    step({ do: "check-health", machine: vm }, defaultSeconds.checkHealth),
  ];
}

/** Virtual hardware is changed while the VM is off: the platform is told first, the power cycle does it. */
export function hardwareSteps(
  pool: PoolFacts,
  vm: string,
  host: string,
  pending: Pending,
  policy: Policy,
): readonly StepDraft[] {
  const told = step({ do: "patch", machine: vm, patches: [...pending.patches] }, pending.estimate.patchSeconds, {
    undo: revertUndo(vm, pending, false),
  });
  if (policy.reboots === "never") return [told];
  return [told, ...cycleSteps(pool, vm, host, "virtual hardware changes while it is off")];
}

/** Snapshot where it is allowed, patch, reboot if needed, check, snapshot away. */
export function guestSteps(draft: Draft, pool: PoolFacts, pending: Pending, policy: Policy): readonly StepDraft[] {
  const vm = draft.target;
  const seen = pool.vms.find((candidate) => candidate.vm === vm);
  const wanted = policy.snapshots === "before-guest-patch" && pool.capabilities.snapshot.ok && seen?.snapshotable.ok;
  const plain = plainSteps(draft, pending, policy);
  if (!wanted) return plain;
  const name = "tuesday-before-patch";
  const remove: Act = { do: "remove-snapshot", pool: pool.pool, vm, name };
  const revert: Act = { do: "revert-snapshot", pool: pool.pool, vm, name };
  const undo: Undo = {
    kind: "change",
    acts: [revert],
    text: actWords(revert),
    until: "the snapshot is removed, at the end of this stage",
    loses: `everything written on ${vm} since the snapshot (B39)`,
  };
  return [
    step({ do: "snapshot", pool: pool.pool, vm, name }, defaultSeconds.snapshot, {
      undo: switchBack([remove], actWords(remove)),
    }),
    ...plain.map((one) => (one.act.do === "patch" ? { ...one, undo } : one)),
    step(remove, defaultSeconds.removeSnapshot, { closes: { do: "snapshot", target: vm } }),
  ];
}

/** Back to the versions of before; with a reboot where the patch needed one. Null when the facts say there is no way back. */
function revertUndo(machine: string, pending: Pending, reboots: boolean): Undo | null {
  if (!pending.backOut.possible) return null;
  const acts: Act[] = [
    { do: "revert-patches", machine, patches: [...pending.patches] },
    ...(reboots ? [{ do: "reboot" as const, machine }] : []),
    { do: "check-health", machine },
  ];
  const { method, until, loses } = pending.backOut;
  return { kind: "change", acts, text: `${method} on ${machine}`, until, loses };
}
