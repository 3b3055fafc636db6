import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { until } from "./command.ts";
import { labFolder, layout } from "./layout.ts";
import { removeMachine } from "./machine.ts";
import { removeBridge } from "./network.ts";

/** One lab at a time on a machine: addresses and the bridge are fixed. Waits for another run to end. */
export async function takeLab(waitSeconds = 900): Promise<void> {
  await mkdir(labFolder, { recursive: true });
  await until("another test run gives the lab back", waitSeconds, async () => {
    try {
      await writeFile(layout.lock, String(process.pid), { flag: "wx" });
      return true;
    } catch {
      if (!(await holderLives())) await rm(layout.lock, { force: true });
      return null;
    }
  });
}

export async function giveBackLab(): Promise<void> {
  await rm(layout.lock, { force: true });
}

async function holderLives(): Promise<boolean> {
  const pid = await readFile(layout.lock, "utf8").catch(() => "");
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("node");
  } catch {
    return false;
  }
}

/** Removes hosts and the bridge, whoever made them: a killed run leaves them behind. */
export async function sweep(): Promise<void> {
  if (existsSync(layout.hosts)) {
    await Promise.all(readdirSync(layout.hosts).map((name) => removeMachine(name)));
  }
  await removeBridge();
}
