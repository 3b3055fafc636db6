import { components } from "../../../src/domain/act.ts";
import { groupKinds, vmRoles } from "../../../src/domain/inventory.ts";
import { softwareProducts, storageKinds } from "../../../src/domain/products.ts";
import { type HostSketch, type PoolSketch, type Scene, scene, type VmSketch } from "../../support/builders.ts";
import { type Dice, dice } from "./random.ts";

const families = ["xapi", "vsphere", "hyperv", "proxmox", "libvirt"];

function state(roll: Dice) {
  const patches = roll.chance(0.8)
    ? Array.from({ length: roll.between(1, 3) }, (_, i) => ({
        name: `package-${i}`,
        ...(roll.chance(0.15) ? { component: roll.one(components) } : {}),
        ...(roll.chance(0.05) ? { class: "cpu-vulnerability" as const, cves: ["CVE-2017-5715"] } : {}),
      }))
    : [];
  const runs = roll.chance(0.1) ? [roll.one(softwareProducts)] : [];
  return { patches, runs, reboot: patches.length > 0 && roll.chance(0.8), backOut: roll.chance(0.7) };
}

function pool(name: string, roll: Dice): PoolSketch {
  const hosts: Record<string, HostSketch> = {};
  const hostCount = roll.between(1, 4);
  for (let i = 1; i <= hostCount; i += 1)
    hosts[`${name}h${i}`] = { ...state(roll), gib: roll.one([32, 40, 64]), master: i === 1 };
  const room = new Map(Object.entries(hosts).map(([host, { gib = 0 }]) => [host, gib]));
  const vms: Record<string, VmSketch> = {};
  const vmCount = roll.between(0, 8);
  for (let i = 1; i <= vmCount; i += 1) {
    const on = roll.one(Object.keys(hosts));
    const gib = roll.one([2, 4, 8, 16, 30]);
    if ((room.get(on) ?? 0) < gib) continue;
    room.set(on, (room.get(on) ?? 0) - gib);
    const roles = roll.chance(0.12) ? [roll.one(vmRoles)] : [];
    vms[`${name}v${i}`] = {
      ...state(roll),
      on,
      gib,
      roles,
      running: roll.chance(0.97),
      stuck: roll.chance(0.08),
      snapshot: roll.chance(0.7),
      patcher: roll.chance(0.9),
      ...(roles.includes("management") ? { manages: name } : {}),
    };
  }
  return {
    family: roll.one(families),
    liveMigration: roll.chance(0.85),
    snapshots: roll.chance(0.8),
    switches: roll.chance(0.5) ? ["ha", "balancer"] : [],
    ...(roll.chance(0.3) ? { storage: { kind: roll.one(storageKinds) } } : {}),
    hosts,
    vms,
  };
}

/** An estate that is the same for the same seed: up to three pools, bare hosts, groups, roles and software of every kind. */
export function estate(seed: number): Scene {
  const roll = dice(seed);
  const pools = Object.fromEntries(
    Array.from({ length: roll.between(0, 3) }, (_, i) => [`p${i}`, pool(`p${i}`, roll)]),
  );
  const bare = Object.fromEntries(Array.from({ length: roll.between(0, 3) }, (_, i) => [`bare-${i}`, state(roll)]));
  const all = roll.shuffled([
    ...Object.keys(bare),
    ...Object.values(pools).flatMap((one) => [...Object.keys(one.hosts), ...Object.keys(one.vms ?? {})]),
  ]);
  const groups: Record<string, { kind: string; members: string[]; primary?: string }> = {};
  for (let i = 0; i < 2 && all.length >= 3; i += 1) {
    const members = all.splice(0, roll.between(2, 3));
    const [primary] = members;
    groups[`g${i}`] = {
      kind: roll.chance(0.7) ? roll.one(["domain-controllers", "quorum", "redundant"]) : roll.one(groupKinds),
      members,
      ...(primary ? { primary } : {}),
    };
  }
  const policy = {
    reboots: roll.chance(0.85) ? "when-needed" : "never",
    snapshots: roll.one(["before-guest-patch", "never"]),
  };
  return scene({ pools, bare, groups, policy });
}
