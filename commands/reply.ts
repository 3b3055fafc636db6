import type { Log } from "../src/log.ts";
import type { View } from "../src/slack/views/blocks.ts";

/** The slice of Bolt's `respond` that answering needs. */
export type Respond = (message: {
  response_type: "ephemeral";
  replace_original: false;
  text: string;
  blocks?: View["blocks"];
}) => Promise<unknown>;

/**
 * Runs the work behind a command or click and answers privately. A store that does not answer becomes a
 * sentence, never a stack trace; an answer that does not reach Slack is only logged.
 */
export async function answered(respond: Respond, log: Log, work: () => Promise<View | string | null>): Promise<void> {
  let view: View | string | null;
  try {
    view = await work();
  } catch (error) {
    log.error("a command or click could not be carried out", {
      error: error instanceof Error ? error.message : "unknown",
    });
    view =
      ":no_entry: Tuesday's store does not answer, so this was perhaps not recorded.\n→ Look at the card in a minute; if nothing changed, do it again. Twice is harmless.";
  }
  if (view === null) return;
  const shown = typeof view === "string" ? { text: view } : view;
  try {
    await respond({ response_type: "ephemeral", replace_original: false, ...shown });
  } catch (error) {
    log.warn("a private answer did not reach Slack", { error: error instanceof Error ? error.message : "unknown" });
  }
}
