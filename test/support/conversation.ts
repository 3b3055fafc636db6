import { messageText, type WorkspaceMessage } from "../../src/workspace/index.ts";
import { channel, type Installation } from "./installation.ts";

/** Types `/patch TEXT` as a person. */
export function patch(tuesday: Installation, user: string, text: string) {
  return tuesday.workspace.control.command({ user, channel, command: "/patch", text });
}

/** Presses a button as a person, confirming its dialog. */
export function press(tuesday: Installation, user: string, message: WorkspaceMessage, actionId: string) {
  return tuesday.workspace.control.click({ user, channel, ts: message.ts, actionId, confirm: true });
}

/** Waits for a message in the channel whose text or blocks match. */
export function heard(tuesday: Installation, match: string | RegExp, timeoutMs = 30_000): Promise<WorkspaceMessage> {
  return tuesday.workspace.control.waitForMessage({ channel, match: matcher(match), timeoutMs });
}

/** Waits for a private answer to a person. */
export function told(
  tuesday: Installation,
  user: string,
  match: string | RegExp,
  timeoutMs = 15_000,
): Promise<WorkspaceMessage> {
  return tuesday.workspace.control.waitForEphemeral({ user, match: matcher(match), timeoutMs });
}

/** Waits for a reply in a thread. */
export function inThread(
  tuesday: Installation,
  threadTs: string,
  match: string | RegExp,
  timeoutMs = 30_000,
): Promise<WorkspaceMessage> {
  return tuesday.workspace.control.waitForMessage({
    channel,
    threadTs,
    match: (message) => message.ts !== threadTs && matcher(match)(message),
    timeoutMs,
  });
}

/** Asks for a plan and waits for its card. */
export async function planned(tuesday: Installation, user: string, cluster: string): Promise<WorkspaceMessage> {
  await patch(tuesday, user, cluster);
  return heard(tuesday, `Patch plan for ${cluster}`);
}

/** Every text of a message's blocks, and its fallback. */
export function words(message: WorkspaceMessage): string {
  return `${message.text}\n${messageText(message)}`;
}

function matcher(match: string | RegExp): (message: WorkspaceMessage) => boolean {
  return (message) => (typeof match === "string" ? words(message).includes(match) : match.test(words(message)));
}

/** The whole channel as a person would read it: messages oldest first, replies indented below their root. */
export function transcriptText(tuesday: Installation): string {
  const { control } = tuesday.workspace;
  const roots = [...control.messages({ channel })].reverse().filter((message) => isRoot(message));
  return roots
    .flatMap((root) => {
      const [, ...replies] = control.messages({ channel, threadTs: root.ts });
      return [messageText(root), ...replies.map((reply) => messageText(reply).replaceAll(/^/gm, "    | "))];
    })
    .join("\n\n");
}

function isRoot(message: WorkspaceMessage): boolean {
  return message.thread_ts === undefined || message.thread_ts === message.ts;
}
