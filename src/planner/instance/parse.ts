import type { z } from "zod";
import { problemsOf } from "../../domain/inventory-words.ts";
import { type Blocker, done, type Refusal, type Result, refuse } from "../../domain/outcome.ts";
import { checkTogether } from "./check-together.ts";
import { type ProblemList, problemList } from "./problems.ts";
import { type Instance, InstanceGroup, InstanceHost, InstanceLimits, InstanceVm, instanceFormat } from "./schema.ts";

/**
 * An instance out of what `JSON.parse` gave, or a refusal with every problem (at most 20 as blockers, the message
 * has the count). Each host, VM and group is parsed by itself, so that one wrong VM does not hide what else is wrong.
 */
export function parseInstance(given: unknown): Result<Instance> {
  const problems = problemList();
  if (!isRecord(given)) {
    problems.add("file", "must be one JSON object with hosts, vms and groups; see planning.md 2.2 for the format");
    return refusal(problems);
  }
  // Without the right format every further message would be a guess.
  if (given.format !== instanceFormat) {
    problems.add("format", `must be "${instanceFormat}"; this is not an instance, or one of another version`);
    return refusal(problems);
  }
  const limits = InstanceLimits.safeParse(given.limits);
  if (!limits.success) tell(problems, "limits", limits.error.issues, given.limits);
  const hosts = readList(InstanceHost, given.hosts, "hosts", problems);
  const vms = readList(InstanceVm, given.vms, "vms", problems);
  const groups = readList(InstanceGroup, given.groups ?? [], "groups", problems);
  if (Array.isArray(given.hosts) && given.hosts.length === 0) problems.add("hosts", "is empty; add a host");
  checkTogether({ hosts, vms, groups }, problems);
  if (problems.count() > 0 || !limits.success) return refusal(problems);
  const name = typeof given.name === "string" ? given.name : "unnamed";
  return done({ name, limits: limits.data, hosts: hosts.items, vms: vms.items, groups: groups.items });
}

function refusal(problems: ProblemList): Refusal {
  const listed = problems.listed();
  const first = listed.map(({ where, message }) => `${where}: ${message}`)[0];
  const count = problems.count();
  const blockers: readonly Blocker[] = listed.map(({ where, message }) => ({
    reason: "bad-command",
    where,
    message,
    next: "correct it in the file",
  }));
  return refuse(
    "bad-command",
    count === 1 ? `the instance has a problem: ${first}` : `the instance has ${count} problems; the first: ${first}`,
    "correct the file and try again",
    blockers,
  );
}

/** The items of a list that are right, and the ids of those that are not: nobody is told that those are unknown. */
export interface ReadList<T> {
  readonly items: readonly T[];
  readonly wrong: ReadonlySet<unknown>;
  /** False when the list, or the id of an item, cannot be read: then nobody can say which ids are unknown. */
  readonly complete: boolean;
}

type ListName = "hosts" | "vms" | "groups";
const singular: Readonly<Record<ListName, string>> = { hosts: "host", vms: "VM", groups: "group" };

function readList<T>(schema: z.ZodType<T>, given: unknown, name: ListName, problems: ProblemList): ReadList<T> {
  const items: T[] = [];
  const wrong = new Set<unknown>();
  let complete = true;
  if (!Array.isArray(given)) {
    problems.add(name, given === undefined ? "is missing; add a list" : "must be a list ([a, b])");
    return { items, wrong, complete: false };
  }
  given.forEach((one: unknown, index) => {
    const parsed = schema.safeParse(one);
    if (parsed.success) {
      items.push(parsed.data);
      return;
    }
    const id = isRecord(one) ? one.id : undefined;
    wrong.add(id);
    const named = typeof id === "string" && id !== "";
    if (!named) complete = false;
    tell(problems, named ? `${singular[name]} ${id}` : `${name}[${index}]`, parsed.error.issues, one);
  });
  return { items, wrong, complete };
}

function tell(problems: ProblemList, where: string, issues: readonly z.core.$ZodIssue[], given: unknown): void {
  for (const { path, message } of problemsOf(issues, given, []))
    problems.add(path.length > 0 ? `${where}: ${path.join(".")}` : where, message);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
