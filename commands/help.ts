import { helpView } from "../src/slack/views/help.ts";
import type { Verb } from "./types.ts";

/** `/patch help`, and what a naked `/patch` gets. */
export function helpVerb(all: () => readonly Verb[]): Verb {
  return {
    verb: "help",
    usage: "/patch help",
    does: "shows this",
    needsCluster: false,
    handle: async ({ desk }) => helpView(desk.clusters.names(), all()),
  };
}
