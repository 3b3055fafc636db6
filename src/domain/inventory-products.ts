import type { Cluster } from "./inventory.ts";
import type { Problem } from "./inventory-check.ts";

type At = readonly string[];

/** Names inside `runs`, `storage` and `primary` must exist: a rule about a name that is not there would say nothing. */
export function productsFit(cluster: Cluster, at: At): readonly Problem[] {
  return [...servedExist(cluster, at), ...sitesFit(cluster, at), ...membersExist(cluster, at)];
}

function servedExist(cluster: Cluster, at: At): readonly Problem[] {
  const known = new Set([cluster.pools, cluster.groups, cluster.hosts, cluster.vms].flatMap(Object.keys));
  return (["hosts", "vms"] as const).flatMap((kind) =>
    Object.entries(cluster[kind]).flatMap(([name, machine]) =>
      machine.runs.flatMap((one, i) =>
        one.serves.flatMap((served, j) =>
          known.has(served)
            ? []
            : [
                {
                  path: [...at, kind, name, "runs", i, "serves", j],
                  message: `there is no pool, group, host or VM "${served}"; correct the name or add it`,
                },
              ],
        ),
      ),
    ),
  );
}

function sitesFit(cluster: Cluster, at: At): readonly Problem[] {
  return Object.entries(cluster.pools).flatMap(([name, pool]) => {
    const sites = pool.storage?.sites ?? [];
    const path = [...at, "pools", name, "storage", "sites"];
    const named = sites.flatMap((site) => site.hosts);
    const wrong = sites.flatMap((site, i) =>
      site.hosts.flatMap((host, j): readonly Problem[] => {
        if (!Object.hasOwn(cluster.hosts, host) || cluster.hosts[host]?.pool !== name)
          return [
            { path: [...path, i, "hosts", j], message: `there is no host "${host}" in ${name}; correct the name` },
          ];
        return named.indexOf(host) === named.lastIndexOf(host)
          ? []
          : [{ path: [...path, i, "hosts", j], message: `${host} is in two sites; remove it from one` }];
      }),
    );
    return wrong;
  });
}

function membersExist(cluster: Cluster, at: At): readonly Problem[] {
  return Object.entries(cluster.groups).flatMap(([name, group]) => {
    const path = [...at, "groups", name];
    const noMember = (member: string) =>
      `"${member}" is not a member of ${name}; use one of ${group.members.join(", ")}`;
    return [
      ...(group.primary === undefined || group.members.includes(group.primary)
        ? []
        : [{ path: [...path, "primary"], message: noMember(group.primary) }]),
      ...group.remote.flatMap((member, i) =>
        group.members.includes(member) ? [] : [{ path: [...path, "remote", i], message: noMember(member) }],
      ),
    ];
  });
}
