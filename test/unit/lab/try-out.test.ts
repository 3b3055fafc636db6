import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { Inventory } from "../../../src/domain/inventory.ts";
import { clusterA } from "../../../src/lab/estates/cluster-a/index.ts";

const file = new URL("../../../docs/examples/try-out.yaml", import.meta.url);
const inventory = Inventory.parse(parse(readFileSync(file, "utf8")));
const cluster = inventory.clusters["cluster-a"];

test("the try-out inventory names exactly the machines of the simulated estate", () => {
  expect(Object.keys(cluster?.hosts ?? {}).sort()).toEqual(Object.keys(clusterA.hosts).sort());
  expect(Object.keys(cluster?.vms ?? {}).sort()).toEqual(Object.keys(clusterA.vms ?? {}).sort());
});

test("the try-out inventory puts each machine in the pool the estate has it in", () => {
  for (const [name, { pool }] of Object.entries({ ...clusterA.hosts, ...clusterA.vms })) {
    expect([name, (cluster?.hosts[name] ?? cluster?.vms[name])?.pool]).toEqual([name, pool]);
  }
});

test("the try-out inventory gives every VM an owner, and its groups know their members", () => {
  const vms = Object.entries(cluster?.vms ?? {});
  expect(vms.filter(([, { owner }]) => owner === undefined)).toEqual([]);
  const members = Object.values(cluster?.groups ?? {}).flatMap((group) => group.members);
  expect(members.filter((name) => !cluster?.vms[name])).toEqual([]);
});

test("one host of a pool can be empty: the others have room for its VMs", () => {
  for (const pool of Object.keys(clusterA.pools)) {
    const hosts = Object.values(clusterA.hosts).filter((host) => host.pool === pool);
    const room = hosts.slice(1).reduce((sum, host) => sum + (host.memoryMiB ?? 0), 0);
    const vms = Object.values(clusterA.vms ?? {}).filter((vm) => vm.pool === pool);
    expect(vms.reduce((sum, vm) => sum + (vm.memoryMiB ?? 0), 0)).toBeLessThan(room);
  }
});
