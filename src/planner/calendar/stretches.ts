/** A stretch of time in milliseconds since 1970: from `from` on, and up to but not at `to`. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** In order of time; what overlaps or touches becomes one. Stretches without length are left out. */
export function mergeStretches(stretches: readonly Stretch[]): readonly Stretch[] {
  const merged: Stretch[] = [];
  for (const next of stretches.filter(({ from, to }) => from < to).sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last && next.from <= last.to) merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, next.to) };
    else merged.push(next);
  }
  return merged;
}

/** The parts of `whole` outside of `holes`, in order of time. `holes` are merged. */
export function cutOut(whole: Stretch, holes: readonly Stretch[]): readonly Stretch[] {
  const parts: Stretch[] = [];
  let from = whole.from;
  for (const hole of holes) {
    if (hole.to <= from || hole.from >= whole.to) continue;
    if (hole.from > from) parts.push({ from, to: hole.from });
    from = hole.to;
  }
  if (from < whole.to) parts.push({ from, to: whole.to });
  return parts;
}
