import { barKinds, type Chart, kindWords } from "../chart.ts";
import { tickWords } from "../scale.ts";
import { n, xml } from "./escape.ts";
import type { Layout } from "./layout.ts";
import { fills, tieColour } from "./style.ts";

/** Title, the mark of a simulated estate, and the facts beneath. */
export function drawHead(chart: Chart): string {
  const markX = 20 + chart.title.length * 11.2 + 16;
  const mark = chart.simulated
    ? `<rect x="${n(markX)}" y="20" width="222" height="22" rx="11" fill="#ffedd5" stroke="#fdba74"/><text class="mark" x="${n(markX + 111)}" y="35" text-anchor="middle">simulated: no real machine</text>`
    : "";
  const facts = chart.facts.map(
    (line, i) => `<text class="fact" x="20" y="${60 + i * 18}">${xml(fitTo(line, 185))}</text>`,
  );
  return `<text class="title" x="20" y="38">${xml(fitTo(chart.title, 70))}</text>${mark}${facts.join("")}`;
}

/** What the colours mean; only what is in the drawing. */
export function drawLegend(chart: Chart, layout: Layout): string {
  const rows = chart.sections.flatMap((section) => section.rows);
  const used = new Set(rows.flatMap((row) => row.bars.map((bar) => bar.kind)));
  const entries = barKinds
    .filter((kind) => used.has(kind))
    .map((kind) => ({ fill: fills[kind], words: kindWords[kind] }));
  const y = layout.legendY;
  let x = 20;
  const parts = entries.map(({ fill, words }) => {
    const part = `<rect x="${n(x)}" y="${n(y - 10)}" width="16" height="11" rx="2" fill="${fill}"/><text class="legend" x="${n(x + 22)}" y="${n(y)}">${xml(words)}</text>`;
    x += 22 + words.length * 6.6 + 20;
    return part;
  });
  if (chart.ties.length > 0) {
    parts.push(
      `<path d="M${n(x)} ${n(y - 9)}C${n(x + 10)} ${n(y - 9)} ${n(x + 8)} ${n(y)} ${n(x + 18)} ${n(y)}" fill="none" stroke="${tieColour}" stroke-width="1.5"/><circle cx="${n(x + 18)}" cy="${n(y)}" r="2.2" fill="${tieColour}"/><text class="legend" x="${n(x + 26)}" y="${n(y)}">live migration</text>`,
    );
    x += 26 + 14 * 6.6 + 20;
  }
  if (chart.pauses.length > 0)
    parts.push(
      `<rect x="${n(x)}" y="${n(y - 10)}" width="16" height="11" fill="url(#pause)"/><text class="legend" x="${n(x + 22)}" y="${n(y)}">outside the windows</text>`,
    );
  return parts.join("");
}

/** Every second machine is shaded, so that the eye finds the name to a bar. */
export function drawShades({ rows, width }: Layout): string {
  return rows
    .filter(({ shaded }) => shaded)
    .map(({ y, height }) => `<rect x="20" y="${n(y)}" width="${width - 40}" height="${n(height)}" fill="#f6f8fb"/>`)
    .join("");
}

/** Section titles with their lines, and the names of the rows. */
export function drawNames(layout: Layout): string {
  const { width, left, nameSize } = layout;
  const sections = layout.sections.map(
    ({ title, y }) =>
      `<line x1="20" x2="${width - 20}" y1="${n(y + 22)}" y2="${n(y + 22)}" stroke="#cbd5e1"/><text class="section" x="20" y="${n(y + 17)}">${xml(fitTo(title, 90))}</text>`,
  );
  const rows = layout.rows.map(({ row, y, height }) => {
    const size = row.under ? nameSize * 0.88 : nameSize;
    const name = fitTo(row.under ? `↓ ${row.name}` : row.name, layout.nameLength);
    return `<text class="name${row.under ? " under" : ""}" x="${n(left - 8)}" y="${n(y + height / 2 + size * 0.35)}" font-size="${n(size)}">${xml(name)}<title>${xml(row.name)}</title></text>`;
  });
  return sections.join("") + rows.join("");
}

/** Marks of time with faint lines down the plot, and shaded pauses. */
export function drawAxis(chart: Chart, layout: Layout): string {
  const { left, axisY, bottom, scale } = layout;
  const lines = scale.ticks.map((tick) => {
    const x = n(left + scale.at(tick));
    const words = tickWords(tick, scale.tickSeconds);
    return `<line x1="${x}" x2="${x}" y1="${n(axisY)}" y2="${n(bottom)}" stroke="#e2e8f0"/><text class="tick" x="${x}" y="${n(axisY - 6)}">${words}</text><text class="tick" x="${x}" y="${n(bottom + 16)}">${words}</text>`;
  });
  const pauses = chart.pauses.map((pause) => {
    const x = left + scale.at(pause.start, "end");
    const width = Math.max(2, left + scale.at(pause.end) - x);
    return `<g><title>${xml(pause.text)}</title><rect x="${n(x)}" y="${n(axisY)}" width="${n(width)}" height="${n(bottom - axisY)}" fill="url(#pause)"/><text class="pause" x="${n(x + width / 2)}" y="${n(axisY - 20)}" text-anchor="middle">${xml(fitTo(pause.text, 60))}</text></g>`;
  });
  return pauses.join("") + lines.join("");
}

function fitTo(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, Math.max(1, most - 1)).trimEnd()}…`;
}
