import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { ActOutcome } from "../../domain/act.ts";
import { type FailureCode, failureCodes, PatchError } from "../../domain/errors.ts";
import type { Before, Probe, Watch } from "../operation.ts";

/** Where a simulator of an estate listens. */
export const EstateConfig = z.object({ url: z.url({ protocol: /^http$/ }) });
export type EstateConfig = z.infer<typeof EstateConfig>;

/** An answer of our own machine; longer means it hangs. */
const requestMs = 5_000;
/** How long `follow` puts up with a simulator that does not answer, e.g. while it restarts. */
const patienceMs = 3_000;
/** World seconds between two looks at a task, and the bounds of that in our milliseconds. */
const pollWorldSeconds = 5;
const pollMs = { least: 20, most: 1_000 };
const fallbackDeadlineSeconds = 2 * 3600;

const Task = z.object({
  task: z.string(),
  tag: z.string(),
  state: z.enum(["running", "done", "failed"]),
  progress: z.number(),
  startedAt: z.iso.datetime(),
  now: z.iso.datetime(),
  clockRate: z.number().positive(),
  error: z.object({ code: z.enum(failureCodes), message: z.string() }).nullable(),
  outcome: ActOutcome.nullable(),
});
export type EstateTask = z.infer<typeof Task>;

const Trouble = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

export interface EstateClient {
  get<T>(path: string, schema: z.ZodType<T>, signal: AbortSignal): Promise<T>;
  /** The same, but puts up with a few seconds without an answer: for reading back what is done already. */
  getPatiently<T>(path: string, schema: z.ZodType<T>, signal: AbortSignal): Promise<T>;
  /** Is a task with this tag there? Changes nothing. */
  probe(tag: string, signal: AbortSignal): Promise<Probe>;
  /** Begins an act; returns the task's id. When the answer is lost: `unknown-effect`, the tag must be probed. */
  start(act: object, tag: string, signal: AbortSignal): Promise<string>;
  /** Waits for the end of a task. `before.deadlineSeconds` (world's clock) bounds it. Throws what the task failed of. */
  follow(handle: string, before: Before, watch: Watch, late: LateFailure): Promise<ActOutcome>;
}

/** What it means when the deadline passes. */
export interface LateFailure {
  readonly code: FailureCode;
  readonly message: string;
  readonly next: string;
}

export function estateClient({ url }: EstateConfig): EstateClient {
  const at = (path: string) => new URL(path, url).href;
  const get = async <T>(path: string, schema: z.ZodType<T>, signal: AbortSignal) =>
    parse(schema, await request(at(path), {}, signal), at(path));
  return {
    get,
    getPatiently: (path, schema, signal) => patiently((each) => get(path, schema, each), signal),
    probe: async (tag, signal) => {
      const { tasks } = await get(`/tasks?tag=${tag}`, z.object({ tasks: z.array(Task) }), signal);
      const [task] = tasks;
      if (!task) return { state: "absent" };
      if (tasks.length > 1) return { state: "unknown", why: `${tasks.length} tasks carry the tag ${tag}` };
      return { state: task.state === "running" ? "running" : "finished", handle: task.task };
    },
    start: async (act, tag, signal) => {
      const answer = await request(at("/tasks"), { method: "POST", body: JSON.stringify({ act, tag }) }, signal);
      return parse(z.object({ task: z.string() }), answer, at("/tasks")).task;
    },
    follow: (handle, before, watch, late) =>
      followTask({ look: (signal) => get(`/tasks/${handle}`, Task, signal), before, watch, late }),
  };
}

async function followTask(options: {
  look: (signal: AbortSignal) => Promise<EstateTask>;
  before: Before;
  watch: Watch;
  late: LateFailure;
}): Promise<ActOutcome> {
  const { look, before, watch, late } = options;
  const deadlineSeconds = Number(before.deadlineSeconds ?? fallbackDeadlineSeconds);
  for (;;) {
    const task = await patiently(look, watch.signal);
    if (task.state === "done" && task.outcome) return task.outcome;
    if (task.state !== "running") throw taskFailed(task);
    watch.progress(`${Math.round(task.progress * 100)} %`, task.progress);
    const elapsedSeconds = (Date.parse(task.now) - Date.parse(task.startedAt)) / 1000;
    if (elapsedSeconds > deadlineSeconds) throw new PatchError({ ...late, retry: "never" });
    await wait((pollWorldSeconds * 1000) / task.clockRate, watch.signal);
  }
}

/** Asks again for a while when nobody answers; the act goes on without us. */
async function patiently<T>(look: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T> {
  const until = performance.now() + patienceMs;
  for (;;) {
    try {
      return await look(signal);
    } catch (error) {
      const passing = error instanceof PatchError && (error.code === "unreachable" || error.code === "timeout");
      if (!passing || performance.now() > until) throw error;
      await wait(100, signal);
    }
  }
}

async function wait(ms: number, signal: AbortSignal): Promise<void> {
  const bounded = Math.min(pollMs.most, Math.max(pollMs.least, ms));
  await pause(bounded, undefined, { signal }).catch((cause: unknown) => {
    throw cancelled(cause);
  });
}

async function request(href: string, init: RequestInit, signal: AbortSignal): Promise<unknown> {
  const changes = init.method === "POST";
  if (signal.aborted) throw cancelled(signal.reason);
  let response: Response;
  let text: string;
  try {
    response = await fetch(href, { ...init, signal: AbortSignal.any([signal, AbortSignal.timeout(requestMs)]) });
    text = await response.text();
  } catch (cause) {
    throw noAnswer({ href, cause, changes, aborted: signal.aborted });
  }
  const body = readJson(text);
  if (response.ok) return body;
  const told = Trouble.safeParse(body).data?.error.message ?? `The estate answered ${response.status}.`;
  if (response.status >= 500) {
    throw new PatchError({ code: "unreachable", retry: "later", message: told, next: nextSteps.unreachable });
  }
  throw new PatchError({
    code: "bad-answer",
    retry: "never",
    message: told,
    next: "Compare the inventory with the estate.",
  });
}

/** No answer: was anything begun? Only a refused connection is a sure no. */
function noAnswer(what: { href: string; cause: unknown; changes: boolean; aborted: boolean }): PatchError {
  const { href, cause, changes, aborted } = what;
  const where = `The estate at ${new URL(href).host}`;
  const refused = errorCode(cause) === "ECONNREFUSED";
  if (changes && !refused) {
    const message = `${where} did not answer whether the act began.`;
    return new PatchError({
      code: "unknown-effect",
      retry: "later",
      message,
      next: nextSteps["unknown-effect"],
      cause,
    });
  }
  if (aborted) return cancelled(cause);
  if (cause instanceof DOMException && cause.name === "TimeoutError") {
    const message = `${where} did not answer within ${requestMs / 1000} s.`;
    return new PatchError({ code: "timeout", retry: "later", message, next: nextSteps.timeout, cause });
  }
  const message = `${where} cannot be reached.`;
  return new PatchError({ code: "unreachable", retry: "later", message, next: nextSteps.unreachable, cause });
}

function errorCode(error: unknown): unknown {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && "code" in cause ? cause.code : undefined;
}

function cancelled(cause: unknown): PatchError {
  const message = "Waiting was stopped; what is under way at the machine goes on.";
  return new PatchError({ code: "cancelled", retry: "later", message, next: nextSteps.cancelled, cause });
}

function parse<T>(schema: z.ZodType<T>, value: unknown, href: string): T {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const message = `${href} gave an answer that cannot be read: ${z.prettifyError(read.error).slice(0, 300)}`;
  throw new PatchError({
    code: "bad-answer",
    retry: "never",
    message,
    next: nextSteps["bad-answer"],
    cause: read.error,
  });
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function taskFailed(task: EstateTask): PatchError {
  const code = task.error?.code ?? "bad-answer";
  const message = task.error?.message ?? `${task.task} ended without telling how.`;
  const retry = code === "package-lock-held" || code === "conflict" || code === "unreachable" ? "later" : "never";
  return new PatchError({ code, retry, message, next: nextSteps[code] });
}

/** What a person can do, per kind of failure. */
export const nextSteps: Readonly<Record<FailureCode, string>> = {
  unreachable: "Check that the simulator is running and that the url in the inventory is right, then try again.",
  "host-key-mismatch": "Compare the host key with the machine's own.",
  authentication: "Check the credentials in the configuration.",
  timeout: "Look at the machine, then try again.",
  cancelled: "Continue the run to wait for it again.",
  "command-failed": "Read the task's message, put the cause right, then retry or back out.",
  "disk-full": "Free space on the machine, then retry.",
  "package-lock-held": "Wait until the other update is through, then retry.",
  "version-gone": "Ask for a new plan: the versions on offer have changed.",
  unhealthy: "Look at the service; back out if the patch broke it.",
  "not-back": "Look at the machine's console and power it on; continue when it is back.",
  "migration-failed": "Check room and state of the target host, then retry or ask for a new plan.",
  "bad-answer": "Compare the versions of the bot and of the simulator.",
  conflict: "Wait until the other task is through, then retry.",
  "unknown-effect": "The act is looked for by its tag before anything is done again.",
};
