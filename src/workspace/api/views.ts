import { apiView } from "../interact/api-view.ts";
import { readView } from "../interact/read-view.ts";
import { someText, textOf } from "../json.ts";
import { MAX_STACK, type OpenView } from "../state/views.ts";
import { type Answer, ok, refuse } from "./answer.ts";
import type { Call, Methods } from "./call.ts";

export const viewMethods: Methods = {
  "views.open": (call) => show(call, "open"),
  "views.push": (call) => show(call, "push"),
  "views.update": update,
};

/** views.open starts a new stack; views.push goes on top of the view the trigger came from. */
function show({ world, app, args }: Call, how: "open" | "push"): Answer {
  const read = readView(world, { view: args.view, appId: app.id });
  if (!read.ok) return read.answer;
  const trigger = world.triggers.use(textOf(args.trigger_id), app.id);
  if (!trigger.ok) return refuse(trigger.error);
  const stack = world.views.stack(trigger.user);

  if (how === "push") {
    const from = stack.at(-1);
    if (from === undefined || trigger.viewId !== from.id) return refuse("not_found");
    if (stack.length >= MAX_STACK) return refuse("push_limit_reached");
  } else if (trigger.viewId === undefined || stack.length === 0) {
    world.views.clearStack(trigger.user);
  } else if (stack.length >= MAX_STACK) {
    // Opening from inside a modal stacks as well, in Slack.
    return refuse("push_limit_reached");
  }
  const open = world.views.push({ appId: app.id, user: trigger.user, view: read.view });
  return ok({ view: apiView(world, open) });
}

function update({ world, app, args }: Call): Answer {
  const open = wanted({ world, app, args });
  if (open === undefined) return refuse("not_found");
  const read = readView(world, { view: args.view, appId: app.id, replacing: open.id });
  if (!read.ok) return read.answer;
  const hash = someText(args.hash);
  if (hash !== undefined && hash !== open.hash) return refuse("hash_conflict");
  return ok({ view: apiView(world, world.views.change(open, { view: read.view })) });
}

function wanted({ world, app, args }: Pick<Call, "world" | "app" | "args">): OpenView | undefined {
  const externalId = someText(args.external_id);
  const byId = world.views.find(textOf(args.view_id));
  const open = byId ?? (externalId === undefined ? undefined : world.views.findExternal(app.id, externalId));
  return open?.appId === app.id ? open : undefined;
}
