/** A checker of its own for the limits of slack.md 5.2: it knows nothing of the views and nothing of the local workspace. */

type Json = Readonly<Record<string, unknown>>;

const object = (value: unknown): Json => (typeof value === "object" && value !== null ? (value as Json) : {});
const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.map(object) : []);

function text(value: unknown, max: number, where: string, types: readonly string[]): readonly string[] {
  const { type, text: words } = object(value);
  if (typeof words !== "string" || words.length === 0) return [`${where} has no words`];
  return [
    ...(types.includes(String(type)) ? [] : [`${where} is ${String(type)}`]),
    ...(words.length > max ? [`${where} has ${words.length} of ${max} characters`] : []),
  ];
}

const both = ["plain_text", "mrkdwn"];

function button(element: Json, where: string): readonly string[] {
  const { confirm } = element;
  const c = object(confirm);
  return [
    ...(element.type === "button" ? [] : [`${where} is no button`]),
    ...text(element.text, 75, `${where} text`, ["plain_text"]),
    ...(String(element.value ?? "").length > 2000 ? [`${where} value is too long`] : []),
    ...(String(element.action_id ?? "").length > 255 ? [`${where} action_id is too long`] : []),
    ...(confirm === undefined
      ? []
      : [
          ...text(c.title, 100, `${where} confirm title`, ["plain_text"]),
          ...text(c.text, 300, `${where} confirm text`, both),
          ...text(c.confirm, 30, `${where} confirm yes`, ["plain_text"]),
          ...text(c.deny, 30, `${where} confirm no`, ["plain_text"]),
        ]),
  ];
}

function table(block: Json, where: string): readonly string[] {
  const rows = Array.isArray(block.rows) ? (block.rows as readonly unknown[]) : [];
  return [
    ...(rows.length === 0 || rows.length > 100 ? [`${where} has ${rows.length} rows`] : []),
    ...rows.flatMap((row, i) => [
      ...(list(row).length > 20 ? [`${where} row ${i} has too many cells`] : []),
      ...list(row).flatMap((cell) => text(cell, 3000, `${where} row ${i}`, ["raw_text"])),
    ]),
  ];
}

function plan(block: Json, where: string): readonly string[] {
  const tasks = list(block.tasks);
  const ids = tasks.map((task) => task.task_id);
  const statuses = ["pending", "in_progress", "complete", "error"];
  return [
    ...(typeof block.title === "string" && block.title.length > 0 && block.title.length <= 150
      ? []
      : [`${where} title`]),
    ...(new Set(ids).size < ids.length ? [`${where} repeats a task_id`] : []),
    ...tasks.flatMap((task, i) => [
      ...(statuses.includes(String(task.status)) ? [] : [`${where} task ${i} is ${String(task.status)}`]),
      ...(typeof task.title === "string" && task.title.length > 0 && task.title.length <= 150
        ? []
        : [`${where} task ${i} title`]),
    ]),
  ];
}

function block(one: Json, where: string): readonly string[] {
  switch (one.type) {
    case "divider":
      return [];
    case "header":
      return text(one.text, 150, where, ["plain_text"]);
    case "section":
      return [
        ...(one.text === undefined && one.fields === undefined ? [`${where} is empty`] : []),
        ...(one.text === undefined ? [] : text(one.text, 3000, where, both)),
        ...(list(one.fields).length > 10 ? [`${where} has too many fields`] : []),
        ...list(one.fields).flatMap((field, i) => text(field, 2000, `${where} field ${i}`, both)),
      ];
    case "context":
      return [
        ...(list(one.elements).length === 0 || list(one.elements).length > 10 ? [`${where} elements`] : []),
        ...list(one.elements).flatMap((element, i) => text(element, 3000, `${where} element ${i}`, both)),
      ];
    case "actions": {
      const ids = list(one.elements).map((element) => element.action_id);
      return [
        ...(ids.length === 0 || ids.length > 25 ? [`${where} has ${ids.length} elements`] : []),
        ...(new Set(ids).size < ids.length ? [`${where} repeats an action_id`] : []),
        ...list(one.elements).flatMap((element, i) => button(element, `${where} button ${i}`)),
      ];
    }
    case "table":
      return table(one, where);
    case "plan":
      return plan(one, where);
    default:
      return [`${where} is a ${String(one.type)}`];
  }
}

/** Everything that Slack would refuse about a message; empty when all is well. */
export function limitProblems(view: { readonly text: string; readonly blocks: readonly unknown[] }): readonly string[] {
  const blocks = view.blocks.map(object);
  const ids = blocks.flatMap((one) => (one.block_id === undefined ? [] : [String(one.block_id)]));
  return [
    ...(view.text.length === 0 ? ["no fallback text"] : []),
    ...(/\p{Surrogate}/u.test(`${view.text}${markedTexts(view).join()}`) ? ["half an emoji"] : []),
    ...(view.text.length > 4000 ? [`fallback text of ${view.text.length}`] : []),
    ...(blocks.length === 0 || blocks.length > 50 ? [`${blocks.length} blocks`] : []),
    ...(blocks.filter((one) => one.type === "table").length > 1 ? ["two tables"] : []),
    ...(blocks.filter((one) => one.type === "plan").length > 1 ? ["two plans"] : []),
    ...(new Set(ids).size < ids.length ? ["a block_id twice"] : []),
    ...(ids.some((id) => id.length > 255) ? ["a block_id is too long"] : []),
    ...blocks.flatMap((one, i) => block(one, `block ${i}`)),
  ];
}

/** All texts in which Slack looks for mentions and links: mrkdwn objects and the fallback text. */
export function markedTexts(view: { readonly text: string; readonly blocks: readonly unknown[] }): readonly string[] {
  const found: string[] = [view.text];
  const walk = (value: unknown) => {
    if (Array.isArray(value)) for (const one of value) walk(one);
    else if (typeof value === "object" && value !== null) {
      const { type, text: words } = value as Json;
      if (type === "mrkdwn" && typeof words === "string") found.push(words);
      for (const one of Object.values(value)) walk(one);
    }
  };
  walk(view.blocks);
  return found;
}

/** Everything in angle brackets that is not a date and not one of these people or groups. */
export function injections(
  view: { readonly text: string; readonly blocks: readonly unknown[] },
  allowed: readonly string[],
): readonly string[] {
  return markedTexts(view).flatMap((words) =>
    [...words.matchAll(/<[^>]*>?/g)]
      .map(([found]) => found)
      .filter((found) => {
        const date = /^<!date\^\d+\^[^<>]*>$/.test(found);
        // A text that was cut may end within one of ours; Slack shows that as it is.
        const cutOff = found.endsWith("…");
        return !date && !cutOff && !allowed.includes(found);
      }),
  );
}
