import { count } from "../domain/act-words.ts";
import type { MigrateAction, PatchAction, Problem, ProblemAction, ProblemHost } from "../domain/problem.ts";
import { clockWords, durationWords } from "../domain/time-words.ts";
import { type Bar, type Chart, joinBars, type Row, type Section, type Tie } from "./chart.ts";

export interface SolutionNotes {
  readonly title: string;
  /** Seconds that no solution can beat, or null when not known. */
  readonly lowerBound: number | null;
  /** More lines under the title. */
  readonly facts?: readonly string[];
}

/** Names of VMs in one label before the rest is counted. */
const namesShown = 3;

/** A solution of the rolling-patch problem as rows, bars and ties: hosts by pool, in the order of their patches. */
export function chartOfSolution(problem: Problem, actions: readonly ProblemAction[], notes: SolutionNotes): Chart {
  const moves = actions.filter((action) => action.type === "migrate");
  const patches = new Map(
    actions.flatMap((action) => (action.type === "patch" ? [[action.host, action] as const] : [])),
  );
  const seconds = actions.reduce((most, action) => Math.max(most, action.end), 0);
  return {
    title: notes.title,
    simulated: false,
    facts: [summary({ seconds, patches: patches.size, moves: moves.length, notes }), ...(notes.facts ?? [])],
    seconds,
    sections: sectionsOf(problem, moves, patches),
    ties: moves.map(tieOf),
    pauses: [],
  };
}

function summary(given: {
  readonly seconds: number;
  readonly patches: number;
  readonly moves: number;
  readonly notes: SolutionNotes;
}): string {
  const { seconds, patches, moves, notes } = given;
  const { lowerBound } = notes;
  const bound =
    lowerBound !== null && lowerBound > 0
      ? [`at least ${durationWords(lowerBound)} (this: ${(seconds / lowerBound).toFixed(3)} times that)`]
      : [];
  return [
    `about ${durationWords(seconds)} (${seconds} s)`,
    ...bound,
    count(patches, "host patched", "hosts patched"),
    count(moves, "live migration", "live migrations"),
  ].join(" · ");
}

function tieOf({ vm, src, dst, start, end }: MigrateAction): Tie {
  return { from: src, to: dst, start, end, text: `${vm}: ${src} → ${dst}, ${clockWords(start)}-${clockWords(end)}` };
}

function sectionsOf(
  problem: Problem,
  moves: readonly MigrateAction[],
  patches: ReadonlyMap<string, PatchAction>,
): readonly Section[] {
  const leaving = new Map<string, MigrateAction[]>();
  for (const move of moves) leaving.set(move.src, [...(leaving.get(move.src) ?? []), move]);
  const stuck = new Map<string, string[]>();
  for (const vm of problem.vms) if (!vm.migratable) stuck.set(vm.host, [...(stuck.get(vm.host) ?? []), vm.id]);
  const startOf = (host: ProblemHost) => patches.get(host.id)?.start ?? Number.POSITIVE_INFINITY;
  const sections = new Map<string, Row[]>();
  const before = (a: ProblemHost, b: ProblemHost) => (startOf(a) === startOf(b) ? 0 : startOf(a) - startOf(b));
  for (const host of [...problem.hosts].sort(before)) {
    const patch = patches.get(host.id) ?? null;
    const rows = hostRows(host.id, { patch, moves: leaving.get(host.id) ?? [], stuck: stuck.get(host.id) ?? [] });
    sections.set(host.pool, [...(sections.get(host.pool) ?? []), ...rows]);
  }
  return [...sections].map(([pool, rows]) => ({ title: `Hosts of ${pool}`, rows }));
}

function hostRows(
  host: string,
  given: {
    readonly patch: PatchAction | null;
    readonly moves: readonly MigrateAction[];
    readonly stuck: readonly string[];
  },
): readonly Row[] {
  const { patch, moves, stuck } = given;
  const drains: Bar[] = moves.map(({ vm, start, end }) => ({ kind: "drain", start, end, label: vm, text: vm }));
  const words = (parts: readonly Bar[]) => ({
    label: count(parts.length, "move", "moves"),
    text: `${count(parts.length, "VM moves", "VMs move")} away from ${host}: ${parts.map((part) => part.label).join(", ")}`,
  });
  const bars = joinBars(drains, words);
  if (patch) bars.push(barOf(patch, "patch", "patch", `patch ${host}`));
  const row: Row = { id: host, name: host, under: false, bars };
  if (!patch || stuck.length === 0) return [row];
  const more = stuck.length > namesShown ? ` +${stuck.length - namesShown}` : "";
  const name = `${stuck.slice(0, namesShown).join(", ")}${more}`;
  const down = barOf(patch, "down", "down", `down with ${host}: ${stuck.join(", ")}`);
  return [row, { id: `down/${host}`, name, under: true, bars: [down] }];
}

function barOf({ start, end }: PatchAction, kind: "patch" | "down", label: string, text: string): Bar {
  return { kind, start, end, label, text: `${text}, ${clockWords(start)}-${clockWords(end)}` };
}
