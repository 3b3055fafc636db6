import { interactiveElements, type Placed } from "../blocks/elements.ts";
import { type JsonObject, objectsOf } from "../json.ts";
import { type Message, type Rendering, renderingAt } from "../state/message.ts";
import type { OpenView } from "../state/views.ts";
import type { World } from "../world.ts";
import { failed, type Outcome } from "./outcome.ts";
import { optionsOf } from "./values.ts";

/** Where a person points: a message (shared or ephemeral) or an open modal. */
export interface Pointed {
  readonly user: string;
  readonly channel?: string;
  readonly ts?: string;
  readonly viewId?: string;
  readonly actionId: string;
  readonly blockId?: string;
  readonly value?: string;
  /** Point at the message as it looked in this version. */
  readonly stale?: number;
}

export type Found =
  | { readonly kind: "message"; readonly message: Message; readonly seen: Rendering; readonly placed: Placed }
  | { readonly kind: "view"; readonly open: OpenView; readonly placed: Placed };

/** The element a person points at, or why they cannot. */
export function findElement(world: World, pointed: Pointed): Found | (Outcome & { ok: false }) {
  if (pointed.viewId !== undefined || pointed.ts === undefined) return inView(world, pointed);
  const channel = world.channels.find(pointed.channel ?? "");
  const shared = channel === undefined ? undefined : world.messages.find(channel.id, pointed.ts);
  const message = world.messages.findEphemeral(pointed.user, pointed.ts) ?? shared;
  if (message === undefined)
    return failed("message_not_found", `No message ${pointed.ts} is visible to ${pointed.user}.`);
  const members = world.channels.find(message.channel)?.members ?? [];
  if (!members.includes(pointed.user)) return failed("not_in_channel", `${pointed.user} is not in this channel.`);

  const seen = renderingAt(message, pointed.stale ?? message.version);
  if (seen === undefined) return failed("version_not_found", `The message has no version ${pointed.stale}.`);
  const placed = choose(seen.blocks ?? [], pointed);
  return "ok" in placed ? placed : { kind: "message", message, seen, placed };
}

function inView(world: World, pointed: Pointed): Found | (Outcome & { ok: false }) {
  const open = world.views.stack(pointed.user).at(-1);
  if (open === undefined || (pointed.viewId !== undefined && open.id !== pointed.viewId)) {
    return failed("view_not_found", `${pointed.user} has no such modal open on top.`);
  }
  const placed = choose(objectsOf(open.view.blocks), pointed);
  return "ok" in placed ? placed : { kind: "view", open, placed };
}

function choose(blocks: readonly JsonObject[], pointed: Pointed): Placed | (Outcome & { ok: false }) {
  const all = interactiveElements(blocks);
  const sameId = all.filter(({ actionId, blockId }) => {
    return actionId === pointed.actionId && (pointed.blockId === undefined || blockId === pointed.blockId);
  });
  const fitting = sameId.filter(({ element }) => fitsValue(element, pointed.value));
  const [first, second] = fitting;
  if (first === undefined) {
    const there = all.map(({ actionId, element }) => `${actionId}=${String(element.value ?? "")}`).join(", ");
    return failed(
      "element_not_found",
      `No element ${pointed.actionId} with that value is shown. There is: ${there || "none"}.`,
    );
  }
  if (second !== undefined)
    return failed("ambiguous_element", `Several elements are called ${pointed.actionId}: say blockId or value.`);
  return first;
}

/** A button fits when its value is the one asked for; a select when it has such an option. */
function fitsValue(element: JsonObject, value: string | undefined): boolean {
  if (value === undefined) return true;
  if (element.type === "button") return element.value === value;
  const options = optionsOf(element);
  return options.length === 0 || options.some((option) => option.value === value);
}
