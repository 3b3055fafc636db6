/** Any text as XML text or attribute value: names come from outside. Characters that XML forbids are dropped. */
export function xml(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

/** A position with at most one decimal: a drawing of 100 hosts has tens of thousands of them. */
export function n(value: number): string {
  return String(Math.round(value * 10) / 10);
}
