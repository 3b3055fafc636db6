import { describe, expect, test } from "vitest";
import { fieldOf, productsOf, type Scope } from "../../../../src/planner/rules/scope.ts";
import { readWorld } from "../../../../src/planner/world.ts";
import { type PoolSketch, scene } from "../../../support/builders.ts";

function worldOf(sketch: Partial<PoolSketch>) {
  const { cluster, facts } = scene({ pools: { p: { hosts: { h1: {}, h2: {} }, ...sketch } } });
  const world = readWorld("c", cluster, facts);
  const [pool] = world.pools;
  if (!pool) throw new Error("no pool");
  return { world, pool };
}

const known = (sketch: Partial<PoolSketch>) => {
  const { world, pool } = worldOf(sketch);
  return productsOf(world, pool).map(({ product, version }) => `${product} ${version ?? "?"}`);
};

test.each<[string, Partial<PoolSketch>, readonly string[]]>([
  ["a family alone is every product of it", { family: "xapi" }, ["xcp-ng ?", "xenserver ?"]],
  ["a product told is that product", { family: "xapi", product: "xcp-ng", version: "8.3" }, ["xcp-ng 8.3"]],
  ["VCF brings its line of vSphere", { product: "vcf", version: "5.2" }, ["vcf 5.2", "vsphere 8"]],
  ["vSphere of unknown edition", { family: "vsphere", version: "8.0.3" }, ["vsphere 8.0.3", "vcf 5", "vsphere 8"]],
  ["several Hyper-V hosts are a failover cluster", { family: "hyperv" }, ["hyper-v ?", "wsfc ?"]],
  ["one Hyper-V host is none", { family: "hyperv", hosts: { h1: {} } }, ["hyper-v ?"]],
  [
    "Azure Local has Hyper-V and its storage",
    { product: "azure-local", version: "23H2" },
    ["azure-local 23H2", "hyper-v ?", "s2d ?", "wsfc 23H2"],
  ],
  [
    "vSAN is as old as its hypervisor",
    { product: "vsphere", version: "6.7", storage: { kind: "vsan" } },
    ["vsphere 6.7", "vsan 6.7"],
  ],
  [
    "other storage has a version of its own",
    { product: "vsphere", version: "8.0", storage: { kind: "ceph" } },
    ["vsphere 8.0", "ceph ?"],
  ],
  ["a family that nobody knows is nothing", { family: "abacus" }, []],
])("%s", (_what, sketch, products) => {
  expect(known(sketch)).toEqual(products);
});

describe("versions", () => {
  const scope: Scope = { words: "", products: ["vsphere"], versions: { from: "7.0", below: "9" } };
  const inScope = (version: string | undefined) => {
    const { world } = worldOf({ product: "vsphere", ...(version ? { version } : {}) });
    return fieldOf(scope, world).pools.length === 1;
  };

  test.each([
    ["6.7.9", false],
    ["7.0", true],
    ["8.0.3", true],
    ["9", false],
    ["10.1", false],
  ])("vSphere %s in a scope from 7.0 to below 9: %s", (version, expected) => {
    expect(inScope(version)).toBe(expected);
  });

  test("fails closed when nobody knows the version: the rule applies", () => {
    expect(inScope(undefined)).toBe(true);
  });
});

test("software and groups are matched by product and version, and nothing else is", () => {
  const { cluster, facts } = scene({
    bare: {
      a: { runs: [{ product: "puppet-agent", version: "7.1" }] },
      b: { runs: [{ product: "puppet-agent", version: "8" }] },
      c: {},
    },
    groups: { g: { kind: "mongodb", members: ["a", "b"], primary: "a" } },
  });
  const world = readWorld("c", cluster, facts);

  const puppet = fieldOf({ words: "", products: ["puppet-agent"], versions: { below: "8" } }, world);
  const mongo = fieldOf({ words: "", products: ["mongodb"] }, world);
  expect([[...puppet.machines], puppet.groups.length]).toEqual([["a"], 0]);
  expect([[...mongo.machines], mongo.groups.map(({ name }) => name)]).toEqual([[], ["g"]]);
});
