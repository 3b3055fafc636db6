import type { Plan, Step } from "../../../domain/plan.ts";
import type { Known } from "./known.ts";
import type { PlanReport } from "./report.ts";
import type { Load } from "./room.ts";

export interface SceneVm {
  readonly name: string;
  host: string;
  /** Where a migration under way brings it: it has its memory there already. */
  arriving: string | null;
  /** `changing`: on its way down or up; it takes its memory, and it serves nobody. */
  power: "on" | "off" | "changing";
}

/** Everything about an estate that a step can change. */
export interface Scene {
  readonly vms: ReadonlyMap<string, SceneVm>;
  /** VMs that are on a host, or on their way to it, by host; also those that are off. */
  readonly on: ReadonlyMap<string, Set<SceneVm>>;
  /** Hosts of pools from the begin of enter-maintenance to the end of leave-maintenance, with whether it is reached. */
  readonly maintenance: Map<string, "entering" | "in" | "leaving">;
  readonly rebooting: Set<string>;
  /** Switches of this estate that are off now, by `pool/name`; those in the middle of a flip are neither on nor off. */
  readonly switches: Map<string, "on" | "off" | "changing">;
  /** `vm@name` */
  readonly snapshots: Set<string>;
  /** Machines patched or rebooted and not yet found healthy, with the step. */
  readonly unproven: Map<string, Step>;
  /** Machines with new code that runs only after a restart, with the step that brought it. */
  readonly unstarted: Map<string, Step>;
  /** Patches that are on a machine by now, as texts. */
  readonly installed: Map<string, Set<string>>;
}

/** What every part of the replay works with. */
export interface Play {
  readonly plan: Plan;
  readonly known: Known;
  readonly scene: Scene;
  /** What every host carried before the plan. */
  readonly loadBefore: ReadonlyMap<string, Load>;
  readonly report: PlanReport;
}

/** The estate at second 0, as the facts tell it. */
export function openScene({ facts }: Known): Scene {
  const vms = new Map<string, SceneVm>();
  const on = new Map<string, Set<SceneVm>>();
  const switches = new Map<string, "on" | "off" | "changing">();
  const snapshots = new Set<string>();
  for (const pool of facts.pools) {
    for (const { name, on: isOn } of pool.switches) switches.set(`${pool.pool}/${name}`, isOn ? "on" : "off");
    for (const { host } of pool.hosts) on.set(host, new Set());
    for (const seen of pool.vms) {
      const vm: SceneVm = { name: seen.vm, host: seen.host, arriving: null, power: seen.running ? "on" : "off" };
      vms.set(seen.vm, vm);
      placeOn(on, seen.host, vm);
      for (const name of seen.snapshots) snapshots.add(`${seen.vm}@${name}`);
    }
  }
  const [maintenance, rebooting] = [new Map(), new Set<string>()];
  const [unproven, unstarted, installed] = [new Map(), new Map(), new Map()];
  return { vms, on, maintenance, rebooting, switches, snapshots, unproven, unstarted, installed };
}

function placeOn(on: Map<string, Set<SceneVm>>, host: string, vm: SceneVm): void {
  const there = on.get(host);
  if (there) there.add(vm);
  else on.set(host, new Set([vm]));
}

/** Moves a VM in the books; the host that it leaves forgets it. */
export function settle({ on }: Scene, vm: SceneVm, host: string): void {
  if (vm.host !== host) on.get(vm.host)?.delete(vm);
  if (vm.arriving !== null && vm.arriving !== host) on.get(vm.arriving)?.delete(vm);
  vm.host = host;
  vm.arriving = null;
  on.get(host)?.add(vm);
}

/** VMs on a host that are not off: running, on their way up or down, coming or going. */
export function awakeOn({ on }: Scene, host: string): readonly SceneVm[] {
  return [...(on.get(host) ?? [])].filter(({ power }) => power !== "off");
}

/** May VMs be brought to this host now? Not while anybody has it in maintenance. */
export function inService({ known, scene }: Play, host: string): boolean {
  const seen = known.hosts.get(host)?.seen;
  return seen?.online === true && !seen.maintenance && !scene.maintenance.has(host) && !scene.rebooting.has(host);
}

/** Is a machine of no use to others at this instant, and why? Null: it is up. */
export function whyDown({ known, scene }: Play, machine: string): string | null {
  const survey = known.machines.get(machine);
  if (survey?.cordonedBy) return `taken out of service by ${survey.cordonedBy}`;
  if (scene.rebooting.has(machine)) return "it reboots";
  const vm = scene.vms.get(machine);
  if (vm) {
    if (vm.power !== "on") return "it is switched off";
    return scene.rebooting.has(vm.host) ? `its host ${vm.host} reboots` : null;
  }
  const host = known.hosts.get(machine)?.seen;
  if (!host) return null;
  if (!host.online) return "it is offline";
  return host.maintenance || scene.maintenance.has(machine) ? "it is in maintenance" : null;
}

/** `s014 (reboot db-2)`: how every sentence begins. */
export function told({ id, title }: Step): string {
  return `${id} (${title})`;
}
