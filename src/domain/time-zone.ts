import { z } from "zod";

/**
 * A time zone by its IANA name: a region such as `Europe/Berlin`, or `UTC`. Abbreviations are refused: EST
 * knows no summer time, and CST is three different zones. What this machine's time-zone data knows counts.
 */
export const TimeZone = z.string().superRefine((name, context) => {
  const isRegion = /^[A-Za-z_]+(\/[A-Za-z0-9_+-]+)+$/.test(name);
  if (name === "UTC" || (isRegion && isKnown(name))) return;
  context.addIssue({ code: "custom", message: `there is no time zone "${name}"; ${hintFor(name)}` });
});
export type TimeZone = z.infer<typeof TimeZone>;

function isKnown(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** The region that is spelled most alike, if one is near; people mistype a letter or leave the continent out. */
function hintFor(name: string): string {
  const wanted = simple(name);
  const city = simple(name.split("/").at(-1) ?? "");
  let best = { zone: "", distance: 3 };
  for (const zone of Intl.supportedValuesOf("timeZone")) {
    const sameCity = city.length > 3 && simple(zone.split("/").at(-1) ?? "") === city;
    const distance = sameCity ? 0.5 : editDistance(wanted, simple(zone));
    if (distance < best.distance) best = { zone, distance };
  }
  if (best.zone !== "") return `did you mean ${best.zone}?`;
  return "use a region such as Europe/Berlin or America/New_York, or UTC";
}

function simple(name: string): string {
  return name.toLowerCase().replaceAll(/[ _-]/g, "");
}

/** Letters to put in, take out or change to make `b` of `a` (Levenshtein). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
