import type { Act } from "../../../src/domain/act.ts";
import { Estate, type EstateInput } from "../../../src/lab/estate.ts";
import { newTruth, type Task } from "../../../src/lab/truth.ts";
import { openWorld } from "../../../src/lab/world.ts";
import { smallEstate } from "./small-estate.ts";

/** A world whose clock moves only by `pass`. */
export function manualWorld(estate: EstateInput = smallEstate) {
  let now = Date.parse("2026-03-03T20:00:00Z");
  const clock = { rate: 1, now: () => now };
  const world = openWorld({ truth: newTruth(Estate.parse(estate), now), clock, save: () => {} });
  const pass = (seconds: number) => {
    now += seconds * 1000;
    return world.state();
  };
  let tags = 0;
  const begin = (act: Act, tag = `tag-${++tags}`) => world.begin(tag, act);
  /** Begins the act and lets an hour pass. */
  const perform = (act: Act): Task => {
    const task = begin(act);
    pass(3600);
    return task;
  };
  return { world, pass, begin, perform };
}
