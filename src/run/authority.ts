import { done, type Result, refuse } from "../domain/outcome.ts";
import type { Clusters, Directory } from "./ports.ts";

/**
 * May this person act for this cluster in this role? Fails closed: when Slack does not say who is in the
 * team, nobody may.
 */
export async function mayAct(
  ports: { readonly clusters: Clusters; readonly directory: Directory },
  clusterName: string,
  role: "operators" | "approvers",
  user: string,
): Promise<Result<true>> {
  const cluster = ports.clusters.get(clusterName);
  if (cluster === null) {
    const near = nearestName(clusterName, ports.clusters.names());
    return refuse(
      "unknown-cluster",
      `There is no cluster ${clusterName} in the inventory.`,
      near ? `did you mean \`${near}\`?` : `known: ${ports.clusters.names().join(", ")}`,
    );
  }
  const team = cluster.policy[role];
  const member = await ports.directory.isMember(team, user);
  if (member === true) return done(true);
  if (member === null) {
    return refuse(
      "people-unknown",
      `Slack does not say who is in ${team}, so nobody may act.`,
      "try again in a minute; nothing was done",
    );
  }
  const what = role === "approvers" ? "approve or reject" : "ask for or steer";
  return refuse(
    "not-allowed",
    `Only members of ${team} may ${what} runs of ${clusterName}.`,
    `ask somebody in ${team}`,
  );
}

/** The closest name by edit distance, if it is close enough to be a slip of the finger. */
export function nearestName(wanted: string, names: readonly string[]): string | null {
  const short = wanted.slice(0, 80);
  const ranked = names
    .map((name) => ({ name, distance: editDistance(short, name) }))
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1));
  const best = ranked[0];
  return best && best.distance <= Math.max(2, Math.floor(best.name.length / 3)) ? best.name : null;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
