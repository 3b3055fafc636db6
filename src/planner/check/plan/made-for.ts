import type { Act } from "../../../domain/act.ts";
import type { Plan, Step } from "../../../domain/plan.ts";
import { inInventory, type Known } from "./known.ts";
import type { PlanReport } from "./report.ts";

/** The facts and the inventory are those that the plan was made for: its head agrees, and every name is known. */
export function checkMadeFor(plan: Plan, known: Known, report: PlanReport): void {
  const { facts, cluster } = known;
  const differ = (what: string, planned: unknown, now: unknown) =>
    planned === now || report("facts", null, "plan", `the plan has ${what} ${planned}, the facts have ${now}`);
  differ("the cluster", plan.cluster, facts.cluster);
  differ("simulated", plan.simulated, facts.simulated);
  differ("the clock rate", plan.clockRate, Math.max(1, ...facts.pools.map((pool) => pool.clockRate)));
  differ("a warning in seconds ahead of", plan.warnAheadSeconds, cluster.policy.warnAheadMinutes * 60);
  for (const gap of facts.unread) report("facts", null, gap.where, `${gap.where} was not read: ${gap.message}`);
  const busy = [...facts.pools.map((pool) => [pool.pool, pool.busyWith] as const)];
  for (const [name, tasks] of [...busy, ...facts.machines.map((one) => [one.machine, one.busyWith] as const)])
    for (const task of tasks) report("facts", null, name, `${name} is busy with ${task}`);
  checkNames(plan, known, report);
}

function checkNames(plan: Plan, known: Known, report: PlanReport): void {
  const { hosts, vms, pools } = known;
  const isKnown = (name: string) => hosts.has(name) || vms.has(name) || inInventory(known, name);
  for (const { id, target } of plan.stages)
    if (!isKnown(target) && !pools.has(target))
      report("unknown-name", null, target, `stage ${id} is about ${target}, which nobody knows`);
  for (const { machine } of [...plan.untouched, ...plan.noDowntime])
    if (!isKnown(machine)) report("unknown-name", null, machine, `the plan speaks of ${machine}, which nobody knows`);
  for (const step of plan.steps) {
    const acts = [step.act, ...(step.undo?.acts ?? [])];
    for (const missing of new Set(acts.flatMap((act) => strangers(act, known))))
      report("unknown-name", step.start, step.id, `${told(step)}: ${missing}`);
    for (const { machine } of step.outages)
      if (!isKnown(machine))
        report("unknown-name", step.start, step.id, `${told(step)}: nobody knows ${machine}, which is to go down`);
  }
}

function told({ id, title }: Step): string {
  return `${id} (${title})`;
}

/** Everything an act names and nobody knows, or knows elsewhere; in words. */
function strangers(act: Act, known: Known): readonly string[] {
  const { hosts, vms, pools, machines } = known;
  if ("machine" in act) {
    if (!inInventory(known, act.machine)) return [`${act.machine} is not in the inventory`];
    return machines.has(act.machine) ? [] : [`no patcher has told anything about ${act.machine}`];
  }
  const found: string[] = pools.has(act.pool) ? [] : [`no pool ${act.pool} in the facts`];
  const hostIn = (name: string) =>
    hosts.get(name)?.pool.pool === act.pool || found.push(`no host ${name} in ${act.pool}`);
  if ("vm" in act && vms.get(act.vm)?.pool.pool !== act.pool) found.push(`no VM ${act.vm} in ${act.pool}`);
  if ("host" in act) hostIn(act.host);
  if (act.do === "migrate") {
    hostIn(act.from);
    hostIn(act.to);
  }
  if (act.do === "set-switch" && !pools.get(act.pool)?.switches.some(({ name }) => name === act.name))
    found.push(`${act.pool} has no switch ${act.name}`);
  return found;
}
