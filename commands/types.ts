import type { Desk } from "../src/run/control.ts";
import type { View } from "../src/slack/views/blocks.ts";

/** Who typed or clicked, and where. */
export interface Asker {
  readonly user: string;
  readonly channel: string;
}

/** Everything a command may use. It acks, asks the desk, and answers with a view; it decides nothing itself. */
export interface Counter {
  readonly desk: Desk;
  readonly asker: Asker;
}

/** A verb of `/patch`, with what help says about it. */
export interface Verb {
  readonly verb: string;
  readonly usage: string;
  readonly does: string;
  /** Must a cluster be named? */
  readonly needsCluster: boolean;
  /** The private answer to the asker. */
  readonly handle: (counter: Counter, cluster: string) => Promise<View | string>;
}
