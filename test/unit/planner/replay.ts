import { isDeepStrictEqual } from "node:util";
import type { Act } from "../../../src/domain/act.ts";
import type { Plan } from "../../../src/domain/plan.ts";
import type { Scene } from "../../support/builders.ts";

interface World {
  readonly hostOf: Map<string, string>;
  readonly running: Set<string>;
  readonly maintenance: Set<string>;
  readonly switchesOn: Set<string>;
  readonly snapshots: Set<string>;
  readonly memory: ReadonlyMap<string, number>;
}

function openWorld({ facts }: Scene): World {
  const vms = facts.pools.flatMap((pool) => pool.vms);
  const hosts = facts.pools.flatMap((pool) => pool.hosts);
  return {
    hostOf: new Map(vms.map((vm) => [vm.vm, vm.host])),
    running: new Set(vms.filter((vm) => vm.running).map((vm) => vm.vm)),
    maintenance: new Set(hosts.filter((host) => host.maintenance).map((host) => host.host)),
    switchesOn: new Set(
      facts.pools.flatMap((pool) => pool.switches.filter((one) => one.on).map((one) => `${pool.pool}/${one.name}`)),
    ),
    snapshots: new Set(vms.flatMap((vm) => vm.snapshots.map((name) => `${vm.vm}@${name}`))),
    memory: new Map([
      ...vms.map((vm) => [vm.vm, vm.memoryMiB] as const),
      ...hosts.map((host) => [`host ${host.host}`, host.memoryMiB] as const),
    ]),
  };
}

const snapshot = (world: World) => ({
  running: [...world.running].sort(),
  maintenance: [...world.maintenance].sort(),
  switchesOn: [...world.switchesOn].sort(),
  snapshots: [...world.snapshots].sort(),
});

/**
 * Plays a plan on a little world of its own that knows nothing of the planner, and names everything that
 * a real platform would refuse or that would hurt: a full host, a reboot under running VMs, a group that
 * falls short, something left switched off. No answer is a good answer.
 */
export function replay(given: Scene, plan: Plan): readonly string[] {
  const world = openWorld(given);
  const before = snapshot(world);
  const wrong: string[] = [];
  const open = new Map<string, readonly Act[]>();
  for (const step of plan.steps) {
    const say = (what: string) => wrong.push(`${step.id} ${step.title}: ${what}`);
    play(given, world, step.act, say);
    if (step.closes !== null) {
      const undo = open.get(step.closes);
      if (!undo) say(`closes ${step.closes}, which is not open`);
      else if (!undo.some((act) => isDeepStrictEqual(act, step.act))) say(`is not the way back of ${step.closes}`);
      open.delete(step.closes);
    }
    if (step.undo?.kind === "switch") open.set(step.id, step.undo.acts);
    else if (takesOut(step.act)) say("takes something out of service without a way back");
  }
  for (const id of open.keys()) wrong.push(`${id} is never closed`);
  const after = snapshot(world);
  if (!isDeepStrictEqual(before, after))
    wrong.push(`ends in ${JSON.stringify(after)}, began in ${JSON.stringify(before)}`);
  return wrong;
}

function takesOut(act: Act): boolean {
  return (
    act.do === "enter-maintenance" ||
    act.do === "stop-vm" ||
    act.do === "snapshot" ||
    (act.do === "set-switch" && !act.on)
  );
}

type Say = (what: string) => void;

function play(given: Scene, world: World, act: Act, say: Say): void {
  switch (act.do) {
    case "set-switch":
      if (act.on) world.switchesOn.add(`${act.pool}/${act.name}`);
      else if (!world.switchesOn.delete(`${act.pool}/${act.name}`)) say("is off already");
      return;
    case "migrate":
      if (!world.running.has(act.vm)) say("does not run");
      if (world.hostOf.get(act.vm) !== act.from) say(`is on ${world.hostOf.get(act.vm)}`);
      if (act.from === act.to) say("goes nowhere");
      world.hostOf.set(act.vm, act.to);
      takes(given, world, act.to, say);
      return;
    case "enter-maintenance":
      if (world.maintenance.has(act.host)) say("is in maintenance already");
      if (runningOn(world, act.host).length > 0) say(`still carries ${runningOn(world, act.host).join(", ")}`);
      world.maintenance.add(act.host);
      return;
    case "leave-maintenance":
      if (!world.maintenance.delete(act.host)) say("is not in maintenance");
      return;
    case "stop-vm":
      if (!world.running.delete(act.vm)) say("does not run");
      groupsHold(given, world, null, say);
      return;
    case "start-vm":
      if (world.running.has(act.vm)) say("runs already");
      world.running.add(act.vm);
      world.hostOf.set(act.vm, act.host);
      takes(given, world, act.host, say);
      return;
    case "snapshot":
      world.snapshots.add(`${act.vm}@${act.name}`);
      return;
    case "remove-snapshot":
    case "revert-snapshot":
      if (!world.snapshots.delete(`${act.vm}@${act.name}`)) say("there is no such snapshot");
      return;
    case "reboot":
      if (runningOn(world, act.machine).length > 0) say(`takes down ${runningOn(world, act.machine).join(", ")}`);
      if (isPoolHost(given, act.machine) && !world.maintenance.has(act.machine)) say("is not in maintenance");
      groupsHold(given, world, act.machine, say);
      return;
    case "patch":
    case "revert-patches":
    case "check-health":
      return;
    default:
      act satisfies never;
  }
}

function runningOn(world: World, host: string): readonly string[] {
  return [...world.running].filter((vm) => world.hostOf.get(vm) === host);
}

function isPoolHost({ facts }: Scene, machine: string): boolean {
  return facts.pools.some((pool) => pool.hosts.some((host) => host.host === machine));
}

/** Can the host carry what is on it now? */
function takes({ facts }: Scene, world: World, host: string, say: Say): void {
  const seen = facts.pools.flatMap((pool) => pool.hosts).find((candidate) => candidate.host === host);
  if (!seen?.online) say(`${host} is not there`);
  if (world.maintenance.has(host)) say(`${host} is in maintenance`);
  const used = runningOn(world, host).reduce((sum, vm) => sum + (world.memory.get(vm) ?? 0), 0);
  if (used > (world.memory.get(`host ${host}`) ?? 0)) say(`${host} has not enough memory`);
}

function leastUp(kind: string, size: number): number {
  if (["quorum", "mongodb", "rabbitmq", "etcd"].includes(kind)) return Math.floor(size / 2) + 1;
  return ["domain-controllers", "redundant"].includes(kind) ? 1 : size - 1;
}

/** Are enough members of every group up, while `rebooting` is away? */
function groupsHold({ cluster, facts }: Scene, world: World, rebooting: string | null, say: Say): void {
  const offline = new Set(
    facts.pools.flatMap((pool) => pool.hosts.filter((one) => !one.online).map((one) => one.host)),
  );
  for (const [name, group] of Object.entries(cluster.groups)) {
    const need = group.minUp ?? leastUp(group.kind, group.members.length);
    const up = group.members.filter(
      (member) => member !== rebooting && (world.hostOf.has(member) ? world.running.has(member) : !offline.has(member)),
    );
    if (up.length < need) say(`${name} has ${up.length} of ${need} members up`);
  }
}
