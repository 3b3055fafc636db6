import type { Cluster, Inventory } from "./inventory.ts";
import { productsFit } from "./inventory-products.ts";

/** Something wrong in an inventory: where (keys from the root) and what, with what to do. */
export interface Problem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Words that `/patch` takes for verbs. */
const reserved = ["help", "status", "plan", "pause", "resume", "abort", "unlock"];

/** Everything that the shape alone cannot say: names that must exist, names that must differ, circles. */
export function checkInventory(inventory: Inventory): readonly Problem[] {
  return Object.entries(inventory.clusters).flatMap(([name, cluster]) => {
    const at = ["clusters", name];
    const own = reserved.includes(name)
      ? [{ path: at, message: `"${name}" is a word of /patch; choose another name` }]
      : [];
    return [
      ...own,
      ...teamsExist(inventory, cluster, at),
      ...namesDiffer(cluster, at),
      ...placesExist(cluster, at),
      ...canariesExist(cluster, at),
      ...groupsFit(cluster, at),
      ...dependencies(cluster, at),
      ...productsFit(cluster, at),
    ];
  });
}

type At = readonly string[];

function teamsExist(inventory: Inventory, cluster: Cluster, at: At): readonly Problem[] {
  return (["operators", "approvers"] as const)
    .filter((role) => !has(inventory.teams, cluster.policy[role]))
    .map((role) => ({
      path: [...at, "policy", role],
      message: `there is no team "${cluster.policy[role]}"; ${oneOf(Object.keys(inventory.teams))}`,
    }));
}

function namesDiffer(cluster: Cluster, at: At): readonly Problem[] {
  const hosts = Object.keys(cluster.hosts);
  const none =
    hosts.length === 0 ? [{ path: [...at, "hosts"], message: "a cluster needs at least one host; add one" }] : [];
  const twice = Object.keys(cluster.vms)
    .filter((name) => has(cluster.hosts, name))
    .map((name) => ({
      path: [...at, "vms", name],
      message: `"${name}" is the name of a host as well; rename one of them`,
    }));
  return [...none, ...twice];
}

function canariesExist(cluster: Cluster, at: At): readonly Problem[] {
  const canary = cluster.policy.pace?.canary;
  const check = (key: "hosts" | "guests", known: readonly string[], what: string) =>
    (canary?.[key] ?? []).flatMap((name, i) =>
      known.includes(name)
        ? []
        : [
            {
              path: [...at, "policy", "pace", "canary", key, i],
              message: `there is no ${what} "${name}"; ${oneOf(known)}`,
            },
          ],
    );
  return [...check("hosts", Object.keys(cluster.hosts), "host"), ...check("guests", Object.keys(cluster.vms), "VM")];
}

function placesExist(cluster: Cluster, at: At): readonly Problem[] {
  const pools = Object.keys(cluster.pools);
  const hosts = Object.keys(cluster.hosts);
  const noPool = (pool: string) => `there is no pool "${pool}"; ${oneOf(pools)}`;
  return [
    ...Object.entries(cluster.hosts)
      .filter(([, host]) => host.pool !== undefined && !pools.includes(host.pool))
      .map(([name, host]) => ({ path: [...at, "hosts", name, "pool"], message: noPool(host.pool ?? "") })),
    ...Object.entries(cluster.vms).flatMap(([name, vm]): readonly Problem[] => {
      const path = [...at, "vms", name];
      return [
        ...(pools.includes(vm.pool) ? [] : [{ path: [...path, "pool"], message: noPool(vm.pool) }]),
        ...(vm.host === undefined || hosts.includes(vm.host)
          ? []
          : [{ path: [...path, "host"], message: `there is no host "${vm.host}"; ${oneOf(hosts)}` }]),
        ...(vm.manages === undefined || pools.includes(vm.manages)
          ? []
          : [{ path: [...path, "manages"], message: noPool(vm.manages) }]),
      ];
    }),
  ];
}

function groupsFit(cluster: Cluster, at: At): readonly Problem[] {
  return Object.entries(cluster.groups).flatMap(([name, group]) => {
    const path = [...at, "groups", name];
    const unknown = group.members.flatMap((member, i): readonly Problem[] =>
      has(cluster.hosts, member) || has(cluster.vms, member)
        ? []
        : [
            {
              path: [...path, "members", i],
              message: `there is no host or VM "${member}"; correct the name or add the machine`,
            },
          ],
    );
    const twice = group.members.some((member, i) => group.members.indexOf(member) !== i)
      ? [{ path: [...path, "members"], message: "a member is named twice; remove one of the two" }]
      : [];
    const tooMany =
      group.minUp !== undefined && group.minUp >= group.members.length
        ? [
            {
              path: [...path, "minUp"],
              message: `minUp ${group.minUp} of ${group.members.length} members means that none may ever go down; use at most ${group.members.length - 1}`,
            },
          ]
        : [];
    return [...unknown, ...twice, ...tooMany];
  });
}

function dependencies(cluster: Cluster, at: At): readonly Problem[] {
  const machines = { ...cluster.hosts, ...cluster.vms };
  const kindOf = (name: string) => (has(cluster.hosts, name) ? "hosts" : "vms");
  const unknown = Object.entries(machines).flatMap(([name, machine]) =>
    machine.dependsOn.flatMap((needed, i): readonly Problem[] =>
      has(machines, needed)
        ? []
        : [
            {
              path: [...at, kindOf(name), name, "dependsOn", i],
              message: `there is no host or VM "${needed}"; correct the name or add the machine`,
            },
          ],
    ),
  );
  const ring = circle(machines);
  if (ring === null) return unknown;
  const [first = ""] = ring;
  const message = `these depend on each other in a circle: ${[...ring, first].join(" → ")}; remove one dependsOn`;
  return [...unknown, { path: [...at, kindOf(first), first, "dependsOn"], message }];
}

/** The first circle found by walking dependencies depth first, or null. Iterative: ten thousand VMs do not overflow. */
function circle(
  machines: Readonly<Record<string, { readonly dependsOn: readonly string[] }>>,
): readonly string[] | null {
  const dependsOn = new Map(Object.entries(machines).map(([name, machine]) => [name, machine.dependsOn]));
  const finished = new Set<string>();
  const onPath = new Set<string>();
  for (const start of Object.keys(machines).sort()) {
    if (finished.has(start)) continue;
    const path: { readonly name: string; next: number }[] = [{ name: start, next: 0 }];
    onPath.add(start);
    while (path.length > 0) {
      const top = path.at(-1);
      if (!top) break;
      const needed = dependsOn.get(top.name)?.[top.next];
      top.next += 1;
      if (needed === undefined) {
        finished.add(top.name);
        onPath.delete(top.name);
        path.pop();
        continue;
      }
      if (onPath.has(needed)) {
        const names = path.map((one) => one.name);
        return names.slice(names.indexOf(needed));
      }
      if (finished.has(needed)) continue;
      path.push({ name: needed, next: 0 });
      onPath.add(needed);
    }
  }
  return null;
}

/** Own keys only: "constructor" is a possible name, and every object answers to it. */
function has(record: Readonly<Record<string, unknown>>, name: string): boolean {
  return Object.hasOwn(record, name);
}

function oneOf(names: readonly string[]): string {
  return names.length === 0 ? "none is defined" : `use one of ${names.slice(0, 12).join(", ")}`;
}
