import type { Act } from "../../../domain/act.ts";
import { actWords } from "../../../domain/act-words.ts";
import type { Step } from "../../../domain/plan.ts";
import { sameText } from "./known.ts";
import { type Play, told } from "./scene.ts";

/**
 * What is switched only for the run has its way back with it, and a later step that takes that way. A run that is
 * stopped in the middle puts back what the ledger knows, so a missing way back stays switched for ever.
 */
export function checkUndo({ plan, known, report }: Play): void {
  const hostOf = (vm: string) => known.vms.get(vm)?.seen.host;
  const places = new Map(plan.steps.map((step, place) => [step.id, { step, place }]));
  const closed = new Map<string, Step>();
  for (const [place, step] of plan.steps.entries()) {
    const say = (text: string) => report("undo", step.start, step.id, `${told(step)}: ${text}`);
    if (step.closes === null) continue;
    const opener = places.get(step.closes);
    if (opener?.step.undo?.kind !== "switch") {
      say(`it closes ${step.closes}, which has nothing to put back`);
      continue;
    }
    if (opener.place >= place || opener.step.end > step.start)
      say(`it closes ${step.closes}, which is not over by then`);
    if (closed.has(step.closes)) say(`${step.closes} is put back already by ${closed.get(step.closes)?.id}`);
    if (!opener.step.undo.acts.some((act) => sameAct(act, step.act)))
      say(`it is not the way back of ${told(opener.step)}: ${opener.step.undo.text}`);
    closed.set(step.closes, step);
  }
  for (const step of plan.steps) {
    const say = (text: string) => report("undo", step.start, step.id, `${told(step)}: ${text}`);
    const back = wayBack(step.act);
    if (back !== null && !(step.undo?.kind === "switch" && step.undo.acts.some((act) => sameAct(act, back))))
      say(`its way back (${actWords(back)}) is not in the plan`);
    if (step.undo?.kind === "switch" && back === null) say("it switches nothing, and has a switch to put back");
    if (step.undo?.kind === "switch" && !closed.has(step.id)) say("no later step puts it back");
  }

  /** Where a VM is started again is judged by the replay; here any host of its pool will do. */
  function sameAct(a: Act, b: Act): boolean {
    if (a.do === "start-vm" && b.do === "start-vm") return a.vm === b.vm && a.pool === b.pool;
    return sameText(a) === sameText(b);
  }

  function wayBack(act: Act): Act | null {
    switch (act.do) {
      case "set-switch":
        return act.on ? null : { ...act, on: true };
      case "enter-maintenance":
        return { ...act, do: "leave-maintenance" };
      case "stop-vm":
        return { do: "start-vm", pool: act.pool, vm: act.vm, host: hostOf(act.vm) ?? "its host" };
      case "snapshot":
        return { ...act, do: "remove-snapshot" };
      default:
        return null;
    }
  }
}
