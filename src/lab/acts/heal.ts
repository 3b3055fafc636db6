import type { Scene } from "./deed.ts";

/** A patch was installed: machines that fall ill of patches fall ill now. */
export function infect({ truth, log }: Scene, machine: string): void {
  for (const fault of truth.faults) {
    if (fault.what.kind !== "unhealthy" || fault.what.match.machine !== machine || fault.armed) continue;
    fault.armed = true;
    log("changed", machine, `ill: ${fault.what.message}`);
  }
}

/** A patch was taken back: an illness that came with a patch goes with it. Others stay. */
export function heal({ truth, log }: Scene, machine: string): void {
  const goes = truth.faults.filter(
    ({ what, armed }) => what.kind === "unhealthy" && what.match.machine === machine && what.after === "patch" && armed,
  );
  if (goes.length === 0) return;
  truth.faults = truth.faults.filter((fault) => !goes.includes(fault));
  log("changed", machine, "well again");
}
