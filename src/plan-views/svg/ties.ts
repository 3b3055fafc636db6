import type { Tie } from "../chart.ts";
import { n, xml } from "./escape.ts";
import type { Layout } from "./layout.ts";
import { tieColour } from "./style.ts";

/** With this many ties single lines no longer stand out: they get thin and pale, so that the pattern is seen. */
const many = { some: 60, lots: 400 };

/** Migrations as curves from the row a VM leaves to the row that takes it in, with a dot where it arrives. */
export function drawTies(ties: readonly Tie[], layout: Layout): string {
  const middles = new Map(layout.rows.map(({ row, y, height }) => [row.id, y + height / 2]));
  const width = ties.length > many.lots ? 0.5 : ties.length > many.some ? 0.9 : 1.5;
  const opacity = ties.length > many.lots ? 0.35 : ties.length > many.some ? 0.55 : 0.85;
  const curves = ties.map((tie) => {
    const from = middles.get(tie.from);
    const to = middles.get(tie.to);
    if (from === undefined || to === undefined) return "";
    const x1 = layout.left + layout.scale.at(tie.start);
    const x2 = layout.left + layout.scale.at(tie.end, "end");
    const bend = Math.max(5, (x2 - x1) * 0.6);
    const path = `M${n(x1)} ${n(from)}C${n(x1 + bend)} ${n(from)} ${n(x2 - bend)} ${n(to)} ${n(x2)} ${n(to)}`;
    return `<g><title>${xml(tie.text)}</title><path d="${path}"/><circle cx="${n(x2)}" cy="${n(to)}" r="${n(1 + width)}" fill="${tieColour}" stroke="none"/></g>`;
  });
  return `<g class="ties" fill="none" stroke="${tieColour}" stroke-width="${width}" opacity="${opacity}">${curves.join("")}</g>`;
}
