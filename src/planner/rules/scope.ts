import type { PoolFacts } from "../../domain/facts.ts";
import type { GroupKind } from "../../domain/inventory.ts";
import { compareVersions, type Product, products } from "../../domain/products.ts";
import type { World, WorldGroup } from "../world.ts";

/**
 * What a rule's source speaks of, as data. No scope match, no edge. A product without a version is every
 * version of it: what cannot be ruled out applies, and rules that then contradict each other refuse the plan.
 */
export interface Scope {
  readonly words: string;
  /** A pool, a machine's software or a group that is one of these. */
  readonly products: readonly Product[] | "any";
  readonly versions?: { readonly from?: string; readonly below?: string };
  /** The pool must be one of these as well, e.g. the storage on the platform. */
  readonly also?: readonly Product[];
  /** Pools that a more exact rule speaks of. */
  readonly except?: readonly Scope[];
}

/** What of an estate is in a rule's scope. */
export interface Field {
  readonly pools: readonly PoolFacts[];
  /** Machines that run a product of the scope; with the scope `any`, all of them. */
  readonly machines: ReadonlySet<string>;
  readonly groups: readonly WorldGroup[];
}

interface Known {
  readonly product: Product;
  readonly version: string | null;
}

export function fieldOf(scope: Scope, world: World): Field {
  const known = fields.get(world) ?? new Map<Scope, Field>();
  const field = known.get(scope) ?? findField(scope, world);
  fields.set(world, known.set(scope, field));
  return field;
}

/** Every rule asks for its field several times in one plan; an estate of thousands of VMs is looked through once. */
const fields = new WeakMap<World, Map<Scope, Field>>();

function findField(scope: Scope, world: World): Field {
  const machines = [...world.hosts.map(({ name, host }) => ({ name, runs: host.runs }))].concat(
    world.vms.map(({ name, vm }) => ({ name, runs: vm.runs })),
  );
  return {
    pools: world.pools.filter((pool) => poolInScope(scope, world, pool)),
    machines: new Set(
      machines
        .filter(
          ({ runs }) =>
            scope.products === "any" ||
            runs.some(({ product, version = null }) => matches(scope, { product, version })),
        )
        .map(({ name }) => name),
    ),
    groups: world.groups.filter((group) => {
      const product = productOfGroup[group.kind];
      return scope.products === "any" || (product && matches(scope, { product, version: group.version ?? null }));
    }),
  };
}

/** Is this pool, as far as anybody knows, one that the rule speaks of? */
export function poolInScope(scope: Scope, world: World, pool: PoolFacts): boolean {
  const known = productsOf(world, pool);
  const is = scope.products === "any" || known.some((one) => matches(scope, one));
  const also = scope.also === undefined || known.some(({ product }) => scope.also?.includes(product));
  return is && also && !scope.except?.some((other) => poolInScope(other, world, pool));
}

function matches({ products: wanted, versions }: Scope, { product, version }: Known): boolean {
  if (wanted === "any" || !wanted.includes(product)) return wanted === "any";
  if (version === null || versions === undefined) return true;
  const { from, below } = versions;
  return (
    (from === undefined || compareVersions(version, from) >= 0) &&
    (below === undefined || compareVersions(version, below) < 0)
  );
}

const productOfGroup: Readonly<Partial<Record<GroupKind, Product>>> = {
  "domain-controllers": "active-directory",
  "sql-availability-group": "sql-server",
  "sql-failover-cluster": "sql-server",
  "exchange-dag": "exchange",
  mongodb: "mongodb",
  elasticsearch: "elasticsearch",
  rabbitmq: "rabbitmq",
  etcd: "etcd",
};

/** Products that a platform's family can be, while nobody says which. */
const productsOfFamily: Readonly<Record<string, readonly Product[]>> = {
  xapi: ["xcp-ng", "xenserver"],
  vsphere: ["vsphere", "vcf"],
  hyperv: ["hyper-v"],
  proxmox: ["proxmox-ve"],
};

/** VCF brings a line of vSphere: what is known of one is known of the other. */
const vsphereOfVcf: readonly (readonly [vcf: string, vsphere: string])[] = [
  ["9", "9"],
  ["5", "8"],
  ["4", "7"],
  ["3", "6.7"],
  ["2", "6.5"],
];

/** Everything a pool is, each with its version where it is known: what is told, what that brings along, its storage. */
export function productsOf(world: World, pool: PoolFacts): readonly Known[] {
  const written = world.cluster.pools[pool.pool];
  const version = pool.version ?? written?.version ?? null;
  const told = pool.product ?? written?.product;
  const family = productsOfFamily[pool.family] ?? products.filter((product) => product === pool.family);
  const base = told
    ? [{ product: told, version }]
    : family.map((product) => ({ product, version: versionOf(product, version) }));
  const known = [...base, ...base.flatMap((one) => broughtAlong(one, pool))];
  const storage = written?.storage;
  if (storage === undefined) return known;
  const carrier = known.find(({ product }) => product === "vsphere")?.version ?? null;
  return [...known, { product: storage.kind, version: storage.version ?? (storage.kind === "vsan" ? carrier : null) }];
}

/** A driver that knows a version and no product means the hypervisor's version. */
function versionOf(product: Product, version: string | null): string | null {
  if (product !== "vcf" || version === null) return version;
  return vsphereOfVcf.find(([, vsphere]) => compareVersions(version, vsphere) >= 0)?.[0] ?? null;
}

function broughtAlong({ product, version }: Known, pool: PoolFacts): readonly Known[] {
  const cluster: readonly Known[] = pool.hosts.length > 1 ? [{ product: "wsfc", version }] : [];
  switch (product) {
    case "vcf": {
      const line = version && vsphereOfVcf.find(([vcf]) => compareVersions(version, vcf) >= 0)?.[1];
      return [{ product: "vsphere", version: line || null }];
    }
    case "azure-local":
      return [{ product: "hyper-v", version: null }, { product: "s2d", version: null }, ...cluster];
    case "hyper-v":
      return cluster;
    default:
      return [];
  }
}
