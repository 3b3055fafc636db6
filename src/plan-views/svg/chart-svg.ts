import type { Chart } from "../chart.ts";
import { drawBars } from "./bars.ts";
import { n, xml } from "./escape.ts";
import { drawAxis, drawHead, drawLegend, drawNames, drawShades } from "./frame.ts";
import { layOut } from "./layout.ts";
import { definitions, styleSheet } from "./style.ts";
import { drawTies } from "./ties.ts";

/** A chart as one SVG file that needs nothing else. Every name in it is escaped. */
export function chartSvg(chart: Chart): string {
  const layout = layOut(chart);
  const { width, height } = layout;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${n(height)}" viewBox="0 0 ${width} ${n(height)}" role="img">`,
    `<title>${xml(chart.title)}</title><desc>${xml(chart.facts.join("; "))}</desc>`,
    `<style>${styleSheet}</style>${definitions}`,
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    drawHead(chart),
    drawLegend(chart, layout),
    drawShades(layout),
    drawAxis(chart, layout),
    drawNames(layout),
    layout.rows.map((row) => drawBars(row, layout)).join("\n"),
    drawTies(chart.ties, layout),
    "</svg>",
    "",
  ].join("\n");
}
