import type { BarKind } from "../chart.ts";

/**
 * Okabe and Ito's colours, which people with any kind of colour vision can tell apart; kinds are told by
 * height, hatching and labels as well.
 */
export const fills: Readonly<Record<BarKind, string>> = {
  drain: "#56b4e9",
  maintenance: "#94a3b8",
  patch: "#0072b2",
  reboot: "#e69f00",
  check: "#009e73",
  prepare: "#c9b8d9",
  down: "url(#down)",
};

/** Ink on a bar of each kind. */
export const inks: Readonly<Record<BarKind, string>> = {
  drain: "#0b2a3c",
  maintenance: "#0f172a",
  patch: "#ffffff",
  reboot: "#3a2600",
  check: "#ffffff",
  prepare: "#2e1f3d",
  down: "#ffffff",
};

export const tieColour = "#7a5195";

export const styleSheet = [
  "text{font-family:Inter,'Segoe UI',Helvetica,Arial,'Liberation Sans',sans-serif;fill:#1f2937}",
  ".title{font-size:20px;font-weight:700}",
  ".fact{font-size:12.5px;fill:#475569}",
  ".mark{font-size:11.5px;font-weight:700;fill:#7c2d12}",
  ".tick{font-size:11px;fill:#64748b;text-anchor:middle}",
  ".section{font-size:11.5px;font-weight:700;fill:#334155;letter-spacing:.3px}",
  ".name{text-anchor:end}",
  ".under{fill:#b91c1c}",
  ".legend{font-size:11.5px;fill:#475569}",
  ".pause{font-size:10.5px;fill:#475569;font-style:italic}",
].join("");

/** The hatching of downtime, so that red is not its only sign. */
export const definitions =
  '<defs><pattern id="down" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">' +
  '<rect width="6" height="6" fill="#d3212d"/><line x1="0" y1="0" x2="0" y2="6" stroke="#fff" stroke-opacity=".38" stroke-width="2.4"/></pattern>' +
  '<pattern id="pause" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">' +
  '<rect width="7" height="7" fill="#eef1f6"/><line x1="0" y1="0" x2="0" y2="7" stroke="#d5dbe5" stroke-width="2"/></pattern></defs>';
