import type { ClusterFacts } from "./domain/facts.ts";
import type { Cluster } from "./domain/inventory.ts";
import { openFleet } from "./drivers/fleet.ts";
import { EstateConfig } from "./drivers/transport/estate-http.ts";
import { estates } from "./lab/estates/index.ts";
import { type RunningEstate, startEstate } from "./lab/index.ts";

/** Reading a whole cluster takes longer than this only when something hangs. */
const longestReadMs = 10 * 60_000;
/** Our own simulator on our own machine answers at once, or is not there. */
const knockMs = 1_000;

/** The address of this machine, as inventories write it. A simulator elsewhere is somebody else's. */
const ours = ["127.0.0.1", "localhost"];

/**
 * Reads the facts of a cluster through its drivers, as the bot does. Where a simulated cluster expects the
 * simulator on this machine and nobody answers there, one is started for the time of reading, and said so.
 */
export async function readFacts(given: {
  readonly name: string;
  readonly cluster: Cluster;
  readonly now: () => number;
  readonly say: (line: string) => void;
}): Promise<ClusterFacts> {
  const { name, cluster, now, say } = given;
  const fleet = openFleet(now);
  const started: RunningEstate[] = [];
  try {
    if (fleet.simulated(cluster)) started.push(...(await startMissing(name, cluster, say)));
    return await fleet.gather(name, cluster, AbortSignal.timeout(longestReadMs));
  } finally {
    await fleet.close();
    for (const estate of started) await estate.close();
  }
}

async function startMissing(
  name: string,
  cluster: Cluster,
  say: (line: string) => void,
): Promise<readonly RunningEstate[]> {
  const started: RunningEstate[] = [];
  for (const url of simulatorUrls(cluster)) {
    if (await answers(url)) {
      say(`simulated: facts come from the simulator on ${url}; no real machine is asked`);
      continue;
    }
    const port = Number(new URL(url).port);
    const estate = Object.hasOwn(estates, name) ? name : "cluster-a";
    started.push(await startEstate({ port, estate }));
    say(`simulated: no simulator was running on ${url}, so one was started for this plan; no real machine is asked`);
  }
  return started;
}

/** Where the drivers of this cluster look for a simulator on this machine. */
function simulatorUrls(cluster: Cluster): readonly string[] {
  const configs = [
    ...Object.values(cluster.pools).map((pool) => pool.config),
    ...[...Object.values(cluster.hosts), ...Object.values(cluster.vms)].map((machine) => machine.patcher),
  ];
  const urls = configs.flatMap((config) => {
    const parsed = EstateConfig.safeParse(config);
    return parsed.success ? [new URL(parsed.data.url)] : [];
  });
  return [...new Set(urls.filter((url) => ours.includes(url.hostname) && url.port !== "").map((url) => url.origin))];
}

async function answers(url: string): Promise<boolean> {
  try {
    await fetch(`${url}/clock`, { signal: AbortSignal.timeout(knockMs) });
    return true;
  } catch {
    return false;
  }
}
