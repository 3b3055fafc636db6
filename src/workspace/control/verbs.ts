import { z } from "zod";
import { FAULT_KINDS, SOCKET_FAULT_KINDS } from "../faults.ts";
import type { Control } from "./control.ts";

/** The control API by name, for requests from outside: input checked, then the same functions. */

type Verb = (control: Control, input: unknown) => unknown;

function verb<T extends z.ZodType>(schema: T, run: (control: Control, input: z.output<T>) => unknown): Verb {
  return (control, input) => run(control, schema.parse(input ?? {}));
}

const person = z.string().min(1);
const text = z.string();
const ms = z.number().int().nonnegative();
const threadTs = text.exactOptional();
const viewId = text.exactOptional();

// Over HTTP a match is a substring, or a regular expression in `matchRegex`.
const matchFields = { match: text.exactOptional(), matchRegex: text.exactOptional(), timeoutMs: ms.exactOptional() };
const toMatch = ({ match, matchRegex }: { match?: string; matchRegex?: string }): string | RegExp =>
  matchRegex === undefined ? (match ?? "") : new RegExp(matchRegex);
const toTimeout = ({ timeoutMs }: { timeoutMs?: number }) => (timeoutMs === undefined ? {} : { timeoutMs });
const toThread = (input: { threadTs?: string }) => (input.threadTs === undefined ? {} : { threadTs: input.threadTs });
const toChannel = (input: { channel?: string }) => (input.channel === undefined ? {} : { channel: input.channel });

const pointed = {
  user: person,
  channel: text.exactOptional(),
  ts: text.exactOptional(),
  viewId,
  actionId: text,
  blockId: text.exactOptional(),
  stale: z.number().int().positive().exactOptional(),
  confirm: z.boolean().exactOptional(),
};
const fieldValue = z.union([text, z.array(text)]);

const VERBS: Readonly<Record<string, Verb>> = {
  say: verb(z.strictObject({ user: person, channel: text, text, threadTs }), (c, input) => c.say(input)),
  command: verb(
    z.strictObject({ user: person, channel: text, command: text, text: text.exactOptional(), threadTs }),
    (c, input) => c.command(input),
  ),
  click: verb(z.strictObject({ ...pointed, value: text.exactOptional() }), (c, input) => c.click(input)),
  select: verb(z.strictObject({ ...pointed, value: fieldValue }), (c, input) => c.select(input)),
  submit: verb(
    z.strictObject({
      user: person,
      viewId,
      callbackId: text.exactOptional(),
      values: z.record(text, z.union([fieldValue, z.record(text, fieldValue)])).exactOptional(),
    }),
    (c, input) => c.submit(input),
  ),
  closeModal: verb(z.strictObject({ user: person, viewId }), (c, input) => c.closeModal(input)),
  messages: verb(z.strictObject({ channel: text, threadTs }), (c, input) => c.messages(input)),
  ephemerals: verb(z.strictObject({ user: person, channel: text.exactOptional() }), (c, input) => c.ephemerals(input)),
  modals: verb(z.strictObject({ user: person }), (c, input) => c.modals(input)),
  waitForMessage: verb(z.strictObject({ channel: text, threadTs, ...matchFields }), (c, input) =>
    c.waitForMessage({ channel: input.channel, match: toMatch(input), ...toThread(input), ...toTimeout(input) }),
  ),
  waitForUpdate: verb(
    z.strictObject({ channel: text, ts: text, version: z.number().exactOptional(), ...matchFields }),
    (c, input) =>
      c.waitForUpdate({
        channel: input.channel,
        ts: input.ts,
        match: toMatch(input),
        ...(input.version === undefined ? {} : { version: input.version }),
        ...toTimeout(input),
      }),
  ),
  waitForEphemeral: verb(z.strictObject({ user: person, channel: text.exactOptional(), ...matchFields }), (c, input) =>
    c.waitForEphemeral({ user: input.user, match: toMatch(input), ...toChannel(input), ...toTimeout(input) }),
  ),
  waitForModal: verb(z.strictObject({ user: person, ...matchFields }), (c, input) =>
    c.waitForModal({ user: input.user, match: toMatch(input), ...toTimeout(input) }),
  ),
  waitForConnection: verb(
    z.strictObject({ appId: text, count: z.number().exactOptional(), timeoutMs: ms.exactOptional() }),
    (c, input) => c.waitForConnection(input),
  ),
  faults: verb(
    z.strictObject({
      method: text,
      kind: z.enum(FAULT_KINDS),
      count: z.number().int().positive(),
      retryAfter: z.number().int().exactOptional(),
      ms: ms.exactOptional(),
    }),
    (c, input) => c.faults(input),
  ),
  clearFaults: verb(z.strictObject({}), (c) => c.clearFaults()),
  socketFault: verb(
    z.strictObject({ kind: z.enum(SOCKET_FAULT_KINDS), count: z.number().int().positive().exactOptional() }),
    (c, input) => c.socketFault(input),
  ),
  revokeToken: verb(z.strictObject({ token: text }), (c, input) => c.revokeToken(input)),
  connections: verb(z.strictObject({ appId: text }), (c, input) => c.connections(input)),
  reset: verb(z.strictObject({}), (c) => c.reset()),
  transcript: verb(z.strictObject({}), (c) => c.transcript()),
  clock: verb(z.strictObject({ advanceMs: ms }), (c, input) => c.clock(input)),
};

/**
 * Runs one verb with input from outside. Never rejects: wrong input and waits that ran out are answers
 * with `ok: false`; results that are not objects with `ok` come as `{ok: true, result}`.
 */
export async function runVerb(control: Control, name: string, input: unknown): Promise<unknown> {
  const run = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
  if (run === undefined)
    return { ok: false, error: "unknown_verb", hint: `There are: ${Object.keys(VERBS).join(", ")}` };
  try {
    const result = await run(control, input);
    const hasOk = typeof result === "object" && result !== null && "ok" in result;
    return hasOk ? result : { ok: true, result: result ?? null };
  } catch (error) {
    if (error instanceof z.ZodError) return { ok: false, error: "invalid_input", hint: z.prettifyError(error) };
    return { ok: false, error: "failed", hint: error instanceof Error ? error.message : String(error) };
  }
}
