import { steer } from "../src/run/control.ts";
import { refusalText } from "../src/slack/views/refusal.ts";
import type { Verb } from "./types.ts";

const said = {
  pause: "Pausing: the step under way is finished, no other is started.",
  resume: "Resumed.",
  abort: "Aborting: the step under way is watched to its end, then everything that was switched off is put back.",
} as const;

const does = {
  pause: "finishes the step under way and starts no other",
  resume: "goes on after a pause",
  abort: "puts back what was switched off, in reverse, and stops",
} as const;

function steering(verb: keyof typeof said): Verb {
  return {
    verb,
    usage: `/patch ${verb} <cluster>`,
    does: does[verb],
    needsCluster: true,
    async handle({ desk, asker }, cluster) {
      const asked = await steer(desk, { verb, cluster, user: asker.user });
      return asked.ok ? `*${cluster}*: ${said[verb]}` : refusalText(asked);
    },
  };
}

/** `/patch pause`, `/patch resume`, `/patch abort`. */
export const pause = steering("pause");
export const resume = steering("resume");
export const abort = steering("abort");
