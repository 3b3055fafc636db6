import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, expect, test } from "vitest";
import { startEstate } from "../../../src/lab/index.ts";
import { loadTruth } from "../../../src/lab/store.ts";
import { openssl, smallEstate } from "./small-estate.ts";

const directory = mkdtempSync(join(tmpdir(), "estate-"));
const dataFile = join(directory, "estate.json");
afterEach(() => {
  rmSync(dataFile, { force: true });
});
afterAll(() => rmSync(directory, { recursive: true }));

test("a task goes on over a restart, and the clock with it", async () => {
  const first = await startEstate({ estate: smallEstate, rate: 100, dataFile });
  first.world.begin("run-1", { do: "patch", machine: "big", patches: [openssl] });
  await first.close();
  const stopped = first.world.state().now;

  const second = await startEstate({ estate: smallEstate, rate: 6000, dataFile });
  const loaded = second.world.state();
  expect(loaded.now).toBeGreaterThanOrEqual(stopped - 1000);
  expect(loaded.tasks).toMatchObject([{ id: "task-1", tag: "run-1" }]);
  await expect.poll(() => second.world.state().tasks[0]?.state).toBe("done");
  expect(second.world.state().vms.big?.installed.libssl3).toBe(openssl.to);
  await second.close();
});

test("an act is on disk before the caller is told of it", async () => {
  const estate = await startEstate({ estate: smallEstate, rate: 1, dataFile });
  const body = JSON.stringify({ tag: "run-1", act: { do: "reboot", machine: "a" } });

  const answer = await fetch(`${estate.url}/tasks`, { method: "POST", body });

  expect(answer.status).toBe(201);
  expect(loadTruth(dataFile)?.tasks).toMatchObject([{ tag: "run-1", state: "running" }]);
  expect(readdirSync(directory)).toEqual(["estate.json"]);
  await estate.close();
});

test("fails closed when the data file cannot be read", async () => {
  writeFileSync(dataFile, '{"half": ');
  await expect(startEstate({ dataFile })).rejects.toThrow(`The estate in ${dataFile} cannot be read`);
});
