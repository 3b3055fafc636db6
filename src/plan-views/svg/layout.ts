import type { Chart, Row } from "../chart.ts";
import { makeScale, type Scale } from "../scale.ts";

export interface PlacedRow {
  readonly row: Row;
  readonly y: number;
  readonly height: number;
  /** Every second host row is shaded. */
  readonly shaded: boolean;
}

export interface PlacedSection {
  readonly title: string;
  readonly y: number;
}

/** Where everything of a drawing stands, in pixels. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  /** Left edge and width of the time axis. */
  readonly left: number;
  readonly plotWidth: number;
  readonly legendY: number;
  readonly axisY: number;
  readonly bottom: number;
  readonly rowHeight: number;
  readonly nameSize: number;
  /** Characters of a name that fit beside its row. */
  readonly nameLength: number;
  readonly sections: readonly PlacedSection[];
  readonly rows: readonly PlacedRow[];
  readonly scale: Scale;
}

const width = 1240;
const margin = 20;
const sectionHeight = 26;
/** Rows share about this height, within what can be read and what looks right. */
const plotHeight = 1500;
const rowHeights = { least: 9, most: 27 };
const nameWidths = { least: 84, most: 190 };
/** Average width of a character in terms of the type size. */
const characterWidth = 0.56;

export function layOut(chart: Chart): Layout {
  const all = chart.sections.flatMap((section) => section.rows);
  const rowHeight = clamp(plotHeight / Math.max(1, all.length), rowHeights);
  const nameSize = clamp(rowHeight * 0.55, { least: 7.5, most: 12.5 });
  const longest = Math.max(0, ...all.map((row) => row.name.length + (row.under ? 2 : 0)));
  const nameWidth = clamp(longest * nameSize * characterWidth + 14, nameWidths);
  const left = margin + nameWidth + 8;
  const legendY = 70 + chart.facts.length * 18;
  const axisY = legendY + 44;
  const sections: PlacedSection[] = [];
  const rows: PlacedRow[] = [];
  let y = axisY + 6;
  let machines = 0;
  for (const section of chart.sections) {
    sections.push({ title: section.title, y });
    y += sectionHeight;
    for (const row of section.rows) {
      if (!row.under) machines += 1;
      const height = row.under ? Math.max(rowHeights.least, rowHeight * 0.78) : rowHeight;
      rows.push({ row, y, height, shaded: machines % 2 === 0 });
      y += height;
    }
    y += 4;
  }
  const plotWidth = width - left - margin - 12;
  const scale = makeScale({ seconds: chart.seconds, pauses: chart.pauses, size: plotWidth, apart: 70 });
  const nameLength = Math.floor((nameWidth - 6) / (nameSize * characterWidth));
  const placed = { width, left, plotWidth, legendY, axisY, rowHeight, nameSize, nameLength, sections, rows, scale };
  return { ...placed, bottom: y, height: y + 34 };
}

function clamp(value: number, { least, most }: { readonly least: number; readonly most: number }): number {
  return Math.min(most, Math.max(least, value));
}
