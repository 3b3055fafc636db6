import { readFileSync } from "node:fs";
import { openFleet } from "../../../src/drivers/fleet.ts";
import { readInventory } from "../../../src/inventory-file.ts";
import { startEstate } from "../../../src/lab/index.ts";
import type { Scene } from "../../support/builders.ts";

const file = new URL("../../../docs/examples/try-out.yaml", import.meta.url);

/** The try-out's cluster-a as its drivers read it from the simulator. */
export async function clusterA(): Promise<Scene> {
  const estate = await startEstate();
  const text = readFileSync(file, "utf8").replaceAll("http://127.0.0.1:3100", estate.url);
  const loaded = readInventory("try-out.yaml", text);
  const cluster = loaded.ok ? loaded.inventory.clusters["cluster-a"] : undefined;
  if (!cluster) throw new Error("the try-out inventory does not load");
  const fleet = openFleet(() => Date.now());
  const facts = await fleet.gather("cluster-a", cluster, new AbortController().signal);
  await fleet.close();
  await estate.close();
  return { cluster, facts };
}
