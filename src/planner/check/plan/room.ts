import type { PoolFacts } from "../../../domain/facts.ts";
import { awakeOn, type Play, type SceneVm } from "./scene.ts";

interface Load {
  readonly memoryMiB: number;
  /** Null when one of the figures is not known. */
  readonly cpus: number | null;
}

/** What a host carries now. A VM that migrates is counted on both of its hosts. */
function loadOf({ known, scene }: Play, host: string): Load {
  let memoryMiB = 0;
  let cpus: number | null = 0;
  for (const { name } of awakeOn(scene, host)) {
    const seen = known.vms.get(name)?.seen;
    memoryMiB += seen?.memoryMiB ?? 0;
    cpus = cpus === null || seen?.cpus == null ? null : cpus + seen.cpus;
  }
  return { memoryMiB, cpus };
}

/**
 * Reports a host that is given more than it has; asked whenever something begins there. Where only something
 * ends nothing can become too much, and a host that is too full from the beginning is not the plan's doing.
 */
export function checkRoom(play: Play, host: string, at: number, what: string): void {
  const found = play.known.hosts.get(host);
  if (!found) return;
  const { memoryMiB, cpus } = loadOf(play, host);
  const too = (unit: string, asked: number, has: number) =>
    play.report("capacity", at, host, `${what}: ${host} would carry ${asked} ${unit} and has ${has} ${unit}`);
  if (memoryMiB > found.seen.memoryMiB) too("MiB", memoryMiB, found.seen.memoryMiB);
  const has = found.seen.cpus ?? null;
  if (has !== null && cpus !== null && cpus > has && !sharesCpus(found.pool)) too("CPUs", cpus, has);
}

/** Would this VM fit on the host as well, beside what it carries now? */
export function fitsOn(play: Play, vm: SceneVm, host: string): boolean {
  const has = play.known.hosts.get(host)?.seen.memoryMiB ?? 0;
  return loadOf(play, host).memoryMiB + (play.known.vms.get(vm.name)?.seen.memoryMiB ?? 0) <= has;
}

/** A pool that has given out more CPUs than it has, on any host, lives with that: its CPUs are no limit. */
function sharesCpus({ hosts, vms }: PoolFacts): boolean {
  return hosts.some(({ host, cpus }) => {
    const given = vms.filter((vm) => vm.running && vm.host === host).reduce((sum, vm) => sum + (vm.cpus ?? 0), 0);
    return cpus != null && given > cpus;
  });
}
