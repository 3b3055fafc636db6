import type { Problem, ProblemAction, ProblemHost, ProblemVm } from "../../domain/problem.ts";
import type { Report } from "./report.ts";
import type { Span } from "./spans.ts";

export interface Move extends Span {
  readonly vm: ProblemVm;
  readonly src: ProblemHost;
  readonly dst: ProblemHost;
}

export interface Patch extends Span {
  readonly host: ProblemHost;
}

export interface Entries {
  readonly moves: readonly Move[];
  readonly patches: readonly Patch[];
}

/** P1, P2, P13: entries whose ids are known and whose times are times; all others are reported and left out. */
export function readEntries(problem: Problem, actions: readonly ProblemAction[], report: Report): Entries {
  const hosts = new Map(problem.hosts.map((host) => [host.id, host]));
  const vms = new Map(problem.vms.map((vm) => [vm.id, vm]));
  const moves: Move[] = [];
  const patches: Patch[] = [];
  actions.forEach((action, index) => {
    const known = kindOf(action);
    if (known === null) {
      report("entry", null, `entry ${index}`, `entry ${index} is neither a migrate nor a patch`);
      return;
    }
    const span = spanOf(known, index, report);
    const unknown = (id: string) => report("entry", known.start, id, `${id} is not in the problem (entry ${index})`);
    if (known.type === "patch") {
      const host = hosts.get(known.host);
      if (!host) unknown(`host ${known.host}`);
      else if (span) patches.push({ from: span.from, to: span.to, host });
      return;
    }
    const [vm, src, dst] = [vms.get(known.vm), hosts.get(known.src), hosts.get(known.dst)];
    if (!vm) unknown(`VM ${known.vm}`);
    if (!src) unknown(`host ${known.src}`);
    if (!dst) unknown(`host ${known.dst}`);
    if (vm && src && dst && span) moves.push({ from: span.from, to: span.to, vm, src, dst });
  });
  return { moves, patches };
}

/** What comes from outside may be anything, whatever its type says. */
function kindOf(action: ProblemAction | null | undefined): ProblemAction | null {
  return action?.type === "migrate" || action?.type === "patch" ? action : null;
}

/** The times of an entry, or null when nothing can be replayed with them. */
function spanOf(action: ProblemAction, index: number, report: Report): Span | null {
  const { start, end } = action;
  const whole = Number.isSafeInteger(start) && Number.isSafeInteger(end);
  if (whole && start >= 0 && start < end) return { from: start, to: end };
  const where = action.type === "patch" ? `host ${action.host}` : `VM ${action.vm}`;
  const told = `[${start},${end}) of ${where} (entry ${index})`;
  if (!whole) report("times", null, where, `${told}: not whole seconds`);
  else if (start >= end) report("times", start, where, `${told}: does not end after its start`);
  else report("times", start, where, `${told}: starts before 0`);
  return Number.isFinite(start) && Number.isFinite(end) && start < end ? { from: start, to: end } : null;
}
