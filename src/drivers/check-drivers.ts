import type { z } from "zod";
import type { Cluster, Inventory } from "../domain/inventory.ts";
import type { Problem } from "../domain/inventory-check.ts";
import { problemsOf } from "../domain/inventory-words.ts";
import { hypervisors } from "./hypervisor/registry.ts";
import { patchers } from "./patcher/registry.ts";
import { transports } from "./transport/registry.ts";

type At = readonly string[];

/** Are the known drivers of a cluster simulated ones, real ones, or both? */
function kindsOf(cluster: Cluster): ReadonlySet<boolean> {
  const pools = Object.values(cluster.pools).map((pool) => hypervisors.get(pool.driver)?.simulated);
  const machines = [...Object.values(cluster.hosts), ...Object.values(cluster.vms)].map(
    ({ patcher }) => patcher && patchers.get(patcher.driver)?.simulated,
  );
  return new Set([...pools, ...machines].filter((one) => one !== undefined));
}

/** A card says either "simulated" or nothing: a cluster that is half of each could not be labelled truthfully. */
function mixed(cluster: Cluster, at: At): readonly Problem[] {
  if (kindsOf(cluster).size < 2) return [];
  return [{ path: at, message: "has simulated and real machines; put the simulated ones into a cluster of their own" }];
}

/** True when everything of the cluster is simulated; a cluster without any driver is not. */
export function isSimulated(cluster: Cluster): boolean {
  const kinds = kindsOf(cluster);
  return kinds.has(true) && !kinds.has(false);
}

/** Is every driver named in the inventory known, and are its settings right by its own schema? */
export function checkDrivers(inventory: Inventory): readonly Problem[] {
  return Object.entries(inventory.clusters).flatMap(([name, cluster]) => {
    const at = ["clusters", name];
    return [...poolProblems(cluster, at), ...machineProblems(cluster, at), ...mixed(cluster, at)];
  });
}

function poolProblems(cluster: Cluster, at: At): readonly Problem[] {
  return Object.entries(cluster.pools).flatMap(([name, pool]) => {
    const path = [...at, "pools", name];
    const driver = hypervisors.get(pool.driver);
    return driver
      ? settings(driver.configSchema, pool.config, [...path, "config"])
      : unknown("hypervisor driver", pool.driver, hypervisors, path);
  });
}

function machineProblems(cluster: Cluster, at: At): readonly Problem[] {
  const machines = [
    ...Object.entries(cluster.hosts).map(([name, machine]) => ({ machine, path: [...at, "hosts", name] })),
    ...Object.entries(cluster.vms).map(([name, machine]) => ({ machine, path: [...at, "vms", name] })),
  ];
  return machines.flatMap(({ machine, path }): readonly Problem[] => {
    const { patcher, transport } = machine;
    const driver = patcher && patchers.get(patcher.driver);
    const way = transport && transports.get(transport.driver);
    return [
      ...(patcher && !driver ? unknown("patcher", patcher.driver, patchers, [...path, "patcher"]) : []),
      ...(patcher && driver ? settings(driver.configSchema, patcher, [...path, "patcher"]) : []),
      ...(transport && !way ? unknown("transport", transport.driver, transports, [...path, "transport"]) : []),
      ...(transport && way ? settings(way.configSchema, transport, [...path, "transport"]) : []),
      ...(driver?.needsTransport && !transport
        ? [
            {
              path,
              message: `patcher "${driver.id}" needs a transport to reach the machine; add one, for example { driver: ssh, … }`,
            },
          ]
        : []),
    ];
  });
}

function settings(schema: z.ZodType, given: unknown, path: At): readonly Problem[] {
  const parsed = schema.safeParse(given);
  if (parsed.success) return [];
  return problemsOf(parsed.error.issues, given, path);
}

function unknown(what: string, id: string, known: ReadonlyMap<string, unknown>, path: At): readonly Problem[] {
  return [
    { path: [...path, "driver"], message: `there is no ${what} "${id}"; use one of ${[...known.keys()].join(", ")}` },
  ];
}
