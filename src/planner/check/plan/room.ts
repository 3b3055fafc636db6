import type { Known } from "./known.ts";
import { awakeOn, type Play, type Scene, type SceneVm } from "./scene.ts";

export interface Load {
  readonly memoryMiB: number;
  readonly cpus: number;
}

/** What a host carries now. A VM that migrates is counted on both of its hosts. */
export function loadOf(known: Known, scene: Scene, host: string): Load {
  let [memoryMiB, cpus] = [0, 0];
  for (const { name } of awakeOn(scene, host)) {
    const seen = known.vms.get(name)?.seen;
    memoryMiB += seen?.memoryMiB ?? 0;
    cpus += seen?.cpus ?? 0;
  }
  return { memoryMiB, cpus };
}

/**
 * Reports a host that is given more than it has; asked whenever something begins there. Where only something
 * ends nothing can become too much. A host that carried more than it has before the plan may do so again.
 */
export function checkRoom({ known, scene, report, loadBefore }: Play, host: string, at: number, what: string): void {
  const found = known.hosts.get(host);
  if (!found) return;
  const { memoryMiB, cpus } = loadOf(known, scene, host);
  const too = (unit: string, asked: number, has: number) =>
    report("capacity", at, host, `${what}: ${host} would carry ${asked} ${unit} and has ${has} ${unit}`);
  const before = loadBefore.get(host)?.memoryMiB ?? 0;
  if (memoryMiB > Math.max(found.seen.memoryMiB, before)) too("MiB", memoryMiB, found.seen.memoryMiB);
  if (known.countsCpus.has(found.pool.pool) && cpus > (found.seen.cpus ?? 0)) too("CPUs", cpus, found.seen.cpus ?? 0);
}

/** Would this VM fit on the host as well, beside what it carries now? */
export function fitsOn({ known, scene }: Play, vm: SceneVm, host: string): boolean {
  const [has, seen] = [known.hosts.get(host), known.vms.get(vm.name)?.seen];
  if (!has || !seen) return false;
  const { memoryMiB, cpus } = loadOf(known, scene, host);
  if (memoryMiB + seen.memoryMiB > has.seen.memoryMiB) return false;
  return !known.countsCpus.has(has.pool.pool) || cpus + (seen.cpus ?? 0) <= (has.seen.cpus ?? 0);
}
