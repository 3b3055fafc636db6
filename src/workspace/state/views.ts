import type { Feed } from "../feed.ts";
import type { Ids } from "../ids.ts";
import type { JsonObject } from "../json.ts";

/** Slack: three modals on top of each other, not more. */
export const MAX_STACK = 3;

export interface OpenView {
  readonly id: string;
  readonly appId: string;
  readonly user: string;
  /** As the app gave it, block and action ids completed. */
  readonly view: JsonObject;
  readonly hash: string;
  readonly rootViewId: string;
  readonly previousViewId?: string;
  /** What the person has filled in: block id → action id → value object. */
  readonly values: Readonly<Record<string, Readonly<Record<string, JsonObject>>>>;
  /** Field errors from `response_action: "errors"`, by block id. */
  readonly errors: Readonly<Record<string, string>>;
  /** Shown in the modal when the app did not take the submission. */
  readonly problem?: string;
}

/** The modals each person has open, as stacks. */
export interface Views {
  /** Lowest first; the last one is the one seen. */
  stack(user: string): readonly OpenView[];
  find(id: string): OpenView | undefined;
  findExternal(appId: string, externalId: string): OpenView | undefined;
  push(given: { appId: string; user: string; view: JsonObject }): OpenView;
  /** Another view in the same place: new hash, no errors; `keepValues` for a plain change of state. */
  change(open: OpenView, change: Partial<Pick<OpenView, "view" | "values" | "errors" | "problem">>): OpenView;
  pop(user: string): void;
  clearStack(user: string): void;
  clear(): void;
}

export function createViews(ids: Ids, feed: Feed): Views {
  const stacks = new Map<string, readonly OpenView[]>();
  const stack = (user: string): readonly OpenView[] => stacks.get(user) ?? [];

  function setStack(user: string, views: readonly OpenView[]): void {
    stacks.set(user, views);
    feed.emit({ type: "views", user });
  }

  function push({ appId, user, view }: { appId: string; user: string; view: JsonObject }): OpenView {
    const below = stack(user).at(-1);
    const id = ids.next("V");
    const open: OpenView = {
      id,
      appId,
      user,
      view,
      hash: ids.next("H"),
      rootViewId: below?.rootViewId ?? id,
      ...(below === undefined ? {} : { previousViewId: below.id }),
      values: {},
      errors: {},
    };
    setStack(user, [...stack(user), open]);
    return open;
  }

  function change(open: OpenView, next: Partial<OpenView>): OpenView {
    const { problem: _old, ...rest } = open;
    const hash = next.view === undefined ? open.hash : ids.next("H");
    const changed: OpenView = { ...rest, errors: {}, ...next, hash };
    setStack(
      open.user,
      stack(open.user).map((view) => (view.id === open.id ? changed : view)),
    );
    return changed;
  }

  const every = (): OpenView[] => [...stacks.values()].flat();
  return {
    stack,
    find: (id) => every().find((open) => open.id === id),
    findExternal: (appId, externalId) =>
      every().find((open) => open.appId === appId && open.view.external_id === externalId),
    push,
    change,
    pop: (user) => setStack(user, stack(user).slice(0, -1)),
    clearStack: (user) => setStack(user, []),
    clear: () => stacks.clear(),
  };
}
