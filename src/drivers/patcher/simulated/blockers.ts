import type { Patch } from "../../../domain/act.ts";
import type { Blocker, RefusalReason } from "../../../domain/outcome.ts";
import { type MachineAnswer, patchLines } from "./facts.ts";

function blocker(reason: RefusalReason, where: string, message: string, next: string): Blocker {
  return { reason, where, message, next };
}

export function isDown({ machine, up }: MachineAnswer): Blocker[] {
  const next = "Look at the machine's console and power it on.";
  return up ? [] : [blocker("machine-unreachable", machine, `${machine} is down.`, next)];
}

export function isBusy({ machine, busyWith }: MachineAnswer): Blocker[] {
  const next = "Wait until it is through, then continue.";
  return busyWith.map((work) => blocker("blocked", machine, `${machine} is busy: ${work}.`, next));
}

/** Only what was approved is installed: another patch on offer, or one gone, needs a new plan. */
export function offersOther(facts: MachineAnswer, approved: readonly Patch[]): Blocker[] {
  const wanted = patchLines(approved);
  const offered = patchLines(facts.pending.patches);
  const fresh = offered.filter((line) => !wanted.includes(line)).map((line) => `new: ${line}`);
  const gone = wanted.filter((line) => !offered.includes(line)).map((line) => `gone: ${line}`);
  if (fresh.length + gone.length === 0) return [];
  const message = `The patches on offer for ${facts.machine} differ from the approved ones: ${[...fresh, ...gone].join("; ")}.`;
  return [blocker("facts-changed", facts.machine, message, "Ask for a new plan and have it approved.")];
}

export function noWayBack({ machine, pending }: MachineAnswer): Blocker[] {
  if (pending.backOut.possible) return [];
  const next = "A person restores the machine as the reason says.";
  return [blocker("blocked", machine, `${machine} cannot be taken back: ${pending.backOut.why}.`, next)];
}

/** A version that is neither the old nor the new one was put there by somebody else. */
export function strangeVersions(facts: MachineAnswer, patches: readonly Patch[]): Blocker[] {
  const next = "Find out who changed it; take it back by hand or leave it.";
  return patches.flatMap(({ name, from, to }) => {
    const is = facts.installed[name];
    if (is === from || is === to) return [];
    const message = `${facts.machine} has ${name} ${is ?? "not installed"}, neither ${from} nor ${to}.`;
    return [blocker("facts-changed", facts.machine, message, next)];
  });
}

/** A host is rebooted only when nothing runs on it. */
export function carriesGuests({ machine, guests }: MachineAnswer): Blocker[] {
  if (guests.length === 0) return [];
  const next = "Move or stop them first, or ask for a new plan.";
  return [blocker("facts-changed", machine, `VMs still run on ${machine}: ${guests.join(", ")}.`, next)];
}
