import type { Bar } from "../chart.ts";
import { n, xml } from "./escape.ts";
import type { Layout, PlacedRow } from "./layout.ts";
import { fills, inks } from "./style.ts";

/** Nothing is thinner than this: a health check of 15 seconds in a night is there all the same. */
const leastWidth = 1.6;

/** The bars of a row, longest first, so that short ones are never hidden. */
export function drawBars(placed: PlacedRow, layout: Layout): string {
  const bars = [...placed.row.bars].sort((a, b) => rank(a) - rank(b) || b.end - b.start - (a.end - a.start));
  return bars.map((bar) => drawBar(bar, placed, layout)).join("");
}

/** Downtime lies over the work that causes it. */
function rank(bar: Bar): number {
  return bar.kind === "down" ? 1 : 0;
}

function drawBar(bar: Bar, placed: PlacedRow, layout: Layout): string {
  const { scale, left, nameSize } = layout;
  const x = left + scale.at(bar.start);
  const width = Math.max(leastWidth, left + scale.at(bar.end, "end") - x);
  const { y, height } = boxOf(bar, placed);
  const radius = Math.min(2.5, width / 3, height / 3);
  const size = Math.min(11, nameSize);
  const fits = bar.label.length * size * (bar.kind === "down" ? 0.64 : 0.56) + 8 <= width && height >= size;
  const label = fits
    ? `<text x="${n(x + width / 2)}" y="${n(y + height / 2 + size * 0.35)}" font-size="${n(size)}" text-anchor="middle" fill="${inks[bar.kind]}" style="fill:${inks[bar.kind]}${bar.kind === "down" ? ";font-weight:700" : ""}">${xml(bar.label)}</text>`
    : "";
  return `<g><title>${xml(bar.text)}</title><rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" rx="${n(radius)}" fill="${fills[bar.kind]}"/>${label}</g>`;
}

/** Work fills a row; downtime on a machine's own row is a band at its foot, on a row of its own it fills it. */
function boxOf(bar: Bar, { row, y, height }: PlacedRow): { readonly y: number; readonly height: number } {
  const gap = Math.min(3.5, height * 0.14);
  const whole = { y: y + gap, height: height - 2 * gap };
  if (bar.kind === "maintenance" || bar.kind === "prepare") return { y: y + height * 0.3, height: height * 0.4 };
  if (bar.kind !== "down" || row.under) return whole;
  const band = Math.max(3, whole.height * 0.4);
  return { y: y + height - gap - band, height: band };
}
