import type { Bar, BarKind, Chart, Row } from "./chart.ts";
import { barKinds, kindWords } from "./chart.ts";
import { makeScale, type Scale, tickWords } from "./scale.ts";
import { clean, fitTo, type Paint, paint, type Style } from "./terminal.ts";

interface Glyph {
  readonly plain: string;
  readonly unicode: string;
  readonly paint: Paint;
}

const glyphs: Readonly<Record<BarKind, Glyph>> = {
  drain: { plain: ">", unicode: "»", paint: "cyan" },
  maintenance: { plain: "=", unicode: "═", paint: "dim" },
  patch: { plain: "#", unicode: "█", paint: "blue" },
  reboot: { plain: "R", unicode: "▒", paint: "yellow" },
  check: { plain: "+", unicode: "✓", paint: "green" },
  prepare: { plain: ".", unicode: "•", paint: "magenta" },
  down: { plain: "!", unicode: "▼", paint: "red" },
};
const pauseGlyph = { plain: ":", unicode: "┊" };

/** Longest name beside a row. */
const nameWidth = 22;

/** A chart for a terminal: machines as rows, time from left to right, as wide as the terminal. */
export function ganttText(chart: Chart, style: Style): string {
  const rows = chart.sections.flatMap((section) => section.rows);
  const names = Math.min(nameWidth, Math.max(8, ...rows.map((row) => nameOf(row, style).length)));
  const cells = Math.max(20, style.width - names - 3);
  const scale = makeScale({ seconds: chart.seconds, pauses: chart.pauses, size: cells, apart: 10 });
  return [
    `${" ".repeat(names + 2)}${axis(scale, cells)}`.trimEnd(),
    ...chart.sections.flatMap((section) => [
      paint(clean(section.title, style), "bold", style),
      ...section.rows.map((row) => line(row, { chart, scale, cells, names, style })),
    ]),
    "",
    ...legend(chart, style),
    "",
  ].join("\n");
}

function nameOf(row: Row, style: Style): string {
  return clean(row.under ? `  ↓ ${row.name}` : `  ${row.name}`, style);
}

/** Marks of time above their cells; one that would touch the last is left out. */
function axis(scale: Scale, cells: number): string {
  let text = "";
  for (const tick of scale.ticks) {
    const at = Math.floor(scale.at(tick));
    const words = `|${tickWords(tick, scale.tickSeconds)}`;
    if ((text === "" || at > text.length) && at + words.length <= cells) text = text.padEnd(at) + words;
  }
  return text;
}

interface Canvas {
  readonly chart: Chart;
  readonly scale: Scale;
  readonly cells: number;
  readonly names: number;
  readonly style: Style;
}

function line(row: Row, { chart, scale, cells, names, style }: Canvas): string {
  const sign = (glyph: { plain: string; unicode: string }) => (style.unicode ? glyph.unicode : glyph.plain);
  const painted: (BarKind | "pause" | null)[] = Array.from({ length: cells }, () => null);
  const fill = (start: number, end: number, what: BarKind | "pause") => {
    const from = Math.min(cells - 1, Math.floor(scale.at(start, what === "pause" ? "end" : "start")));
    const to = Math.max(from + 1, Math.round(scale.at(end, what === "pause" ? "start" : "end")));
    painted.fill(what, from, Math.min(cells, to));
  };
  for (const pause of chart.pauses) fill(pause.start, pause.end, "pause");
  for (const bar of [...row.bars].sort(byRank)) fill(bar.start, bar.end, bar.kind);
  const text = painted.map((what) => {
    if (what === null) return " ";
    return what === "pause"
      ? paint(sign(pauseGlyph), "dim", style)
      : paint(sign(glyphs[what]), glyphs[what].paint, style);
  });
  return `${fitTo(nameOf(row, style), names, style)}  ${text.join("")}`.trimEnd();
}

/** What wins a cell that several share: downtime before work, work before what goes with it. */
const ranks: readonly BarKind[] = ["prepare", "maintenance", "check", "drain", "patch", "reboot", "down"];

function byRank(a: Bar, b: Bar): number {
  return ranks.indexOf(a.kind) - ranks.indexOf(b.kind);
}

function legend(chart: Chart, style: Style): readonly string[] {
  const used = new Set(
    chart.sections.flatMap((section) => section.rows.flatMap((row) => row.bars.map((bar) => bar.kind))),
  );
  const entries = barKinds
    .filter((kind) => used.has(kind))
    .map((kind) => `${style.unicode ? glyphs[kind].unicode : glyphs[kind].plain} ${kindWords[kind]}`);
  const pause =
    chart.pauses.length > 0 ? [`${style.unicode ? pauseGlyph.unicode : pauseGlyph.plain} outside the windows`] : [];
  return packed([...entries, ...pause], style.width);
}

/** Entries side by side in as few lines as possible, none of them broken. */
function packed(entries: readonly string[], width: number): readonly string[] {
  const lines: string[] = [];
  for (const entry of entries) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 3 + entry.length <= width) lines[lines.length - 1] = `${last}   ${entry}`;
    else lines.push(entry);
  }
  return lines;
}
