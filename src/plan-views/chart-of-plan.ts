import { type Act, actTarget } from "../domain/act.ts";
import { count } from "../domain/act-words.ts";
import { type Layer, layers, type Plan, type Step } from "../domain/plan.ts";
import { clockWords, durationWords } from "../domain/time-words.ts";
import { type Bar, type BarKind, type Chart, joinBars, type Row, type Section, type Tie } from "./chart.ts";
import { factLines } from "./facts.ts";

/** How the machines of a layer are called together; a layer that is not here goes by its own name. */
const layerWords: Readonly<Partial<Record<Layer, string>>> = {
  management: "Management",
  firmware: "Firmware",
  hypervisor: "Hosts",
  "host-os": "Hosts without a hypervisor",
  "guest-tools": "Guest tools",
  "guest-os": "Guests",
};

/** A plan as rows, bars and ties: machines by layer and pool, in the order in which their turn comes. */
export function chartOfPlan(plan: Plan): Chart {
  const rows = draftRows(plan);
  return {
    title: `Patch plan for ${plan.cluster}`,
    simulated: plan.simulated,
    facts: factLines(plan),
    seconds: plan.steps.reduce((most, step) => Math.max(most, step.end), 0),
    sections: sectionsOf(rows),
    ties: plan.steps.flatMap(tieOf),
    // The plan names its windows, but not yet at which of its seconds each begins: better no pause than a wrong one.
    pauses: [],
  };
}

function tieOf(step: Step): readonly Tie[] {
  if (step.act.do !== "migrate") return [];
  const { vm, from, to } = step.act;
  return [{ from, to, start: step.start, end: step.end, text: `${vm}: ${from} → ${to}, ${timesOf(step)}` }];
}

interface DraftRow {
  readonly layer: Layer;
  readonly pool: string;
  readonly row: Row;
  /** VMs that go down with this machine. */
  readonly below: Row | null;
  readonly first: number;
}

/** One row a machine or pool, however many layers it is patched in; hosts that only take VMs in have one as well. */
function draftRows(plan: Plan): readonly DraftRow[] {
  const pools = poolsOf(plan);
  const stageOf = new Map(plan.stages.map((stage) => [stage.id, stage]));
  const bars = new Map<string, Bar[]>();
  const layerOf = new Map<string, Layer>();
  const add = (name: string, layer: Layer, bar: Bar | null) => {
    if (!layerOf.has(name)) layerOf.set(name, layer);
    const known = bars.get(name);
    if (known && bar) known.push(bar);
    else if (!known) bars.set(name, bar ? [bar] : []);
  };
  for (const step of plan.steps) {
    const stage = stageOf.get(step.stage);
    if (!stage) continue;
    add(stage.target, stage.layer, barOf(step));
    if (step.act.do === "migrate") add(step.act.to, "hypervisor", null);
  }
  const down = downBars(plan, new Set(bars.keys()));
  return [...bars].map(([name, own]) => {
    const withDown = [...joined(own), ...(down.own.get(name) ?? [])];
    const below = down.below.get(name);
    return {
      layer: layerOf.get(name) ?? "guest-os",
      pool: pools.get(name) ?? "",
      row: { id: name, name, under: false, bars: withDown },
      below: below ? { id: `down/${name}`, name: below.names.join(", "), under: true, bars: below.bars } : null,
      first: Math.min(...withDown.map((bar) => bar.start), Number.POSITIVE_INFINITY),
    };
  });
}

function joined(bars: readonly Bar[]): readonly Bar[] {
  const moves = bars.filter((bar) => bar.kind === "drain");
  const words = (parts: readonly Bar[]) => ({
    label: count(parts.length, "move", "moves"),
    text: `${count(parts.length, "VM moves", "VMs move")} away: ${parts.map((part) => part.label).join(", ")}`,
  });
  return [...bars.filter((bar) => bar.kind !== "drain"), ...joinBars(moves, words)];
}

/** Downtime of machines: on their own row when they go down in a stage of their own, else below the host they go down with. */
function downBars(plan: Plan, rows: ReadonlySet<string>) {
  const steps = new Map(plan.steps.map((step) => [step.id, step]));
  const targets = new Map(plan.stages.map((stage) => [stage.id, stage.target]));
  const own = new Map<string, Bar[]>();
  const below = new Map<string, { names: string[]; bars: Bar[] }>();
  for (const one of plan.schedule.downtimes) {
    const end = one.start + one.seconds;
    const text = `${one.machine} is down, ${timesOf({ start: one.start, end })}: ${one.why}`;
    const bar: Bar = { kind: "down", start: one.start, end, label: "down", text };
    const target = targets.get(steps.get(one.step)?.stage ?? "") ?? one.machine;
    if (target === one.machine || !rows.has(target)) own.set(target, [...(own.get(target) ?? []), bar]);
    else {
      const known = below.get(target) ?? { names: [], bars: [] };
      below.set(target, { names: [...new Set([...known.names, one.machine])], bars: [...known.bars, bar] });
    }
  }
  return { own, below };
}

/** Which pool a machine belongs to, as the acts of the plan tell; a pool belongs to itself. */
function poolsOf(plan: Plan): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { act } of plan.steps) {
    if (!("pool" in act)) continue;
    found.set(actTarget(act), act.pool);
    if (act.do === "migrate") found.set(act.from, act.pool).set(act.to, act.pool);
    if (act.do === "start-vm") found.set(act.host, act.pool);
  }
  return found;
}

function sectionsOf(rows: readonly DraftRow[]): readonly Section[] {
  const sections = new Map<string, DraftRow[]>();
  // A pool is a row of its hosts' section; hosts that only take VMs in come last.
  const sorted = [...rows].sort(
    (a, b) => layers.indexOf(a.layer) - layers.indexOf(b.layer) || byTime(a.first, b.first),
  );
  for (const row of sorted) {
    const what = layerWords[row.layer] ?? row.layer;
    const title = row.pool === "" ? what : `${what} of ${row.pool}`;
    sections.set(title, [...(sections.get(title) ?? []), row]);
  }
  return [...sections].map(([title, drafts]) => ({
    title,
    rows: drafts.flatMap(({ row, below }) => (below ? [row, below] : [row])),
  }));
}

/** Rows without a bar have no time at all: they are last, and equal. */
function byTime(a: number, b: number): number {
  return a === b ? 0 : a - b;
}

function barOf(step: Step): Bar {
  const kind = kindOf(step.act);
  const label = step.act.do === "migrate" ? step.act.vm : kind;
  return { kind, start: step.start, end: step.end, label, text: `${step.id} ${step.title}, ${timesOf(step)}` };
}

function kindOf({ do: kind }: Act): BarKind {
  switch (kind) {
    case "migrate":
      return "drain";
    case "enter-maintenance":
    case "leave-maintenance":
      return "maintenance";
    case "patch":
    case "revert-patches":
      return "patch";
    case "reboot":
      return "reboot";
    case "check-health":
      return "check";
    case "set-switch":
    case "stop-vm":
    case "start-vm":
    case "snapshot":
    case "revert-snapshot":
    case "remove-snapshot":
      return "prepare";
    default:
      return kind satisfies never;
  }
}

function timesOf({ start, end }: { readonly start: number; readonly end: number }): string {
  return `${clockWords(start)}-${clockWords(end)} (${durationWords(end - start)})`;
}
