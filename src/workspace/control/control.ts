import { apiMessage, type WorkspaceMessage } from "../api/api-message.ts";
import type { Fault, SocketFaultKind } from "../faults.ts";
import { type ClickInput, click, type SelectInput, select } from "../interact/act.ts";
import { apiView } from "../interact/api-view.ts";
import { type CommandInput, type CommandOutcome, runCommand } from "../interact/command.ts";
import type { SubmitOutcome } from "../interact/follow.ts";
import type { Outcome } from "../interact/outcome.ts";
import { type Said, type SayInput, say } from "../interact/say.ts";
import { closeModal, type SubmitInput, submit } from "../interact/submit.ts";
import type { JsonObject } from "../json.ts";
import type { Message } from "../state/message.ts";
import type { TranscriptRecord } from "../transcript.ts";
import { resetWorld, type World } from "../world.ts";
import { createWaits, type Waits } from "./waits.ts";

/** Everything a test or script may do: act as a person, look, wait, and break things. */
export interface Control extends Waits {
  say(input: SayInput): Said;
  command(input: CommandInput): Promise<CommandOutcome>;
  click(input: ClickInput): Promise<Outcome>;
  select(input: SelectInput): Promise<Outcome>;
  submit(input: SubmitInput): Promise<SubmitOutcome>;
  closeModal(input: { user: string; viewId?: string }): Promise<Outcome>;
  /** History newest first, or with `threadTs` the root and its replies, oldest first. Metadata included. */
  messages(input: { channel: string; threadTs?: string }): readonly WorkspaceMessage[];
  /** Oldest first. */
  ephemerals(input: { user: string; channel?: string }): readonly WorkspaceMessage[];
  /** The person's open modals, lowest first. */
  modals(input: { user: string }): readonly ModalView[];
  faults(fault: Fault): void;
  clearFaults(): void;
  /** @returns how many connections it hit (for "open_fails": 0). */
  socketFault(input: { kind: SocketFaultKind; count?: number }): number;
  /** @returns false when no app has this token. */
  revokeToken(input: { token: string }): boolean;
  /** Open Socket Mode connections of an app. */
  connections(input: { appId: string }): number;
  reset(): void;
  transcript(): readonly TranscriptRecord[];
  /** Moves the virtual clock. @returns its new time in milliseconds since 1970. */
  clock(input: { advanceMs: number }): number;
}

/** A modal as payloads show it, plus what only the person sees. */
export interface ModalView extends JsonObject {
  readonly id: string;
  readonly blocks: readonly JsonObject[];
  readonly errors: Readonly<Record<string, string>>;
  readonly problem?: string;
}

export function createControl(world: World): Control {
  return {
    say: (input) => say(world, input),
    command: (input) => runCommand(world, input),
    click: (input) => click(world, input),
    select: (input) => select(world, input),
    submit: (input) => submit(world, input),
    closeModal: (input) => closeModal(world, input),
    messages: (input) => messagesOf(world, input),
    ephemerals: (input) => ephemeralsOf(world, input),
    modals: (input) => modalsOf(world, input.user),
    faults: (fault) => world.faults.add(fault),
    clearFaults: () => world.faults.clear(),
    socketFault: (input) => socketFault(world, input),
    revokeToken: ({ token }) => world.tokens.revoke(token),
    connections: ({ appId }) => world.sockets.count(appId),
    reset: () => resetWorld(world),
    transcript: () => world.log.all(),
    clock({ advanceMs }) {
      world.clock.advance(advanceMs);
      return world.clock.now();
    },
    ...createWaits(world),
  };
}

export function messagesOf(
  world: World,
  { channel, threadTs }: { channel: string; threadTs?: string },
): readonly WorkspaceMessage[] {
  const id = world.channels.find(channel)?.id ?? channel;
  const found: readonly Message[] =
    threadTs === undefined ? [...world.messages.inChannel(id)].reverse() : world.messages.inThread(id, threadTs);
  return found.map((message) => apiMessage(world, message, true));
}

export function ephemeralsOf(
  world: World,
  { user, channel }: { user: string; channel?: string },
): readonly WorkspaceMessage[] {
  const id = channel === undefined ? undefined : (world.channels.find(channel)?.id ?? channel);
  const mine = world.messages.ephemerals(user).filter((message) => id === undefined || message.channel === id);
  return mine.map((message) => apiMessage(world, message, true));
}

export function modalsOf(world: World, user: string): readonly ModalView[] {
  return world.views.stack(user).map((open) => {
    const { errors, problem } = open;
    const view = apiView(world, open);
    const blocks = (view.blocks ?? []) as readonly JsonObject[];
    return { ...view, id: open.id, blocks, errors, ...(problem === undefined ? {} : { problem }) };
  });
}

function socketFault(world: World, { kind, count }: { kind: SocketFaultKind; count?: number }): number {
  world.log.add({ kind: "fault", name: `socket ${kind}` });
  if (kind !== "open_fails") return world.sockets.fault(kind);
  world.faults.add({ method: "apps.connections.open", kind: "internal_error", count: count ?? 1 });
  return 0;
}
