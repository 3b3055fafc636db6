import type { Capability } from "../../domain/facts.ts";
import { poolOf, vmOf } from "../read.ts";
import type { Truth } from "../truth.ts";

/** Can the VM move now? In some pools a VM with a snapshot cannot. */
export function canMigrate(truth: Truth, name: string): Capability {
  const vm = vmOf(truth, name);
  const [snapshot] = vm.snapshots;
  if (vm.migratable.ok && snapshot && poolOf(truth, vm.pool).snapshotBlocksMigration) {
    return { ok: false, why: `it has the snapshot ${snapshot.name}, and this pool moves no VM with a snapshot` };
  }
  return vm.migratable;
}
