import { type Play, told } from "./scene.ts";

/** After the last step the estate is as before, but for the patches and for where VMs run. */
export function checkEnds({ known, scene, report, plan }: Play): void {
  const end = Math.max(0, ...plan.steps.map((step) => step.end));
  const left = (where: string, text: string) => report("left-over", end, where, `at the end ${text}`);
  for (const host of scene.maintenance.keys()) left(host, `${host} is still in maintenance`);
  for (const { name, power } of scene.vms.values())
    if (power !== "on" && known.vms.get(name)?.seen.running) left(name, `${name} is switched off, and ran before`);
  for (const pool of known.facts.pools) {
    for (const { name, on } of pool.switches)
      if (on && scene.switches.get(`${pool.pool}/${name}`) !== "on")
        left(pool.pool, `${name} of ${pool.pool} is still off`);
    for (const { vm, snapshots } of pool.vms)
      for (const name of snapshots)
        if (!scene.snapshots.has(`${vm}@${name}`))
          left(vm, `the snapshot ${name} of ${vm} is gone, and was there before`);
  }
  for (const snapshot of scene.snapshots) {
    const at = snapshot.lastIndexOf("@");
    const [vm, name] = [snapshot.slice(0, at), snapshot.slice(at + 1)];
    if (!known.vms.get(vm)?.seen.snapshots.includes(name)) left(vm, `${vm} still has the snapshot ${name}`);
  }
  for (const [machine, step] of scene.unproven)
    report("health", end, machine, `nobody looks at the health of ${machine} after ${told(step)}`);
  for (const [machine, step] of scene.unstarted)
    report("reboot", end, machine, `${machine} must restart for what ${told(step)} installs, and never does`);
}
