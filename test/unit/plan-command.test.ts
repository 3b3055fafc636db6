import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startEstate } from "../../src/lab/index.ts";
import { runPlanCommand } from "../../src/plan-command.ts";

const folder = mkdtempSync(join(tmpdir(), "tuesday-plan-"));
afterAll(() => rmSync(folder, { recursive: true }));

const inventory = join(folder, "inventory.yaml");
const facts = join(folder, "facts.json");

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((done) => server.once("listening", done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function run(...args: readonly string[]): Promise<Ran> {
  const said = { out: "", err: "" };
  const code = await runPlanCommand(args, {
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
    terminal: false,
    columns: null,
    now: () => Date.parse("2027-01-12T20:00:00Z"),
  });
  return { code, ...said };
}

beforeAll(async () => {
  const text = readFileSync(new URL("../../docs/examples/try-out.yaml", import.meta.url), "utf8");
  writeFileSync(inventory, text.replaceAll(":3100", `:${await freePort()}`));
  const ran = await run("--inventory", inventory, "--save-facts", facts);
  expect(ran.code).toBe(0);
});

test("with nothing running, the simulator is started for the plan, said so, and ended", async () => {
  const first = await run("--inventory", inventory, "--cluster", "cluster-a", "--gantt");
  const second = await run("--inventory", inventory, "--cluster", "cluster-a", "--gantt");

  expect(first.code).toBe(0);
  expect(first.err).toContain("so one was started for this plan; no real machine is asked");
  expect(first.out).toContain("SIMULATED");
  expect(second.out).toBe(first.out);
});

test("a simulator that is running is asked", async () => {
  const estate = await startEstate();
  const file = join(folder, "running.yaml");
  writeFileSync(file, readFileSync(inventory, "utf8").replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, estate.url));

  const ran = await run("--inventory", file);
  await estate.close();

  expect(ran.code).toBe(0);
  expect(ran.err).toContain(`simulated: facts come from the simulator on ${estate.url}`);
});

test("facts from a file reach no machine and give the same plan", async () => {
  const read = await run("--inventory", inventory, "--json");
  const filed = await run("--inventory", inventory, "--facts", facts, "--json");

  expect(filed.err).toContain("no machine is asked");
  expect(JSON.parse(filed.out).digest).toBe(JSON.parse(read.out).digest);
});

test("--json is one JSON document and nothing else", async () => {
  const { code, out } = await run("--inventory", inventory, "--facts", facts, "--json");

  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ cluster: "cluster-a", simulated: true });
});

test("the table is the default", async () => {
  const [one, other] = [
    await run("--inventory", inventory, "--facts", facts),
    await run("--inventory", inventory, "--facts", facts, "--table"),
  ];

  expect(one.out).toBe(other.out);
  expect(one.out).toContain("what changes");
});

test("--svg writes the chart beside what is printed", async () => {
  const file = join(folder, "plan.svg");

  const ran = await run("--inventory", inventory, "--facts", facts, "--svg", file);

  expect(readFileSync(file, "utf8")).toMatch(/^<svg /);
  expect(ran.err).toContain(`chart written to ${file}`);
});

test("--explain answers", async () => {
  const { code, out } = await run(
    "--inventory",
    inventory,
    "--facts",
    facts,
    "--explain",
    "why not xen-2 before xen-1",
  );

  expect(code).toBe(0);
  expect(out).toContain("xen-2 cannot go before xen-1");
});

test("refuses with every blocker and what to do, and ends with 1", async () => {
  const busy = join(folder, "busy.json");
  writeFileSync(busy, readFileSync(facts, "utf8").replaceAll('"busyWith": []', '"busyWith": ["backup of the night"]'));

  const ran = await run("--inventory", inventory, "--facts", busy, "--json");

  expect(ran.code).toBe(1);
  expect(ran.out).toBe("");
  expect(ran.err).toContain("1. ");
  expect(ran.err.match(/next: wait until it has ended/g)?.length).toBeGreaterThan(5);
});

test.each<[string, readonly string[], RegExp]>([
  ["a file that is not there", ["--inventory", "/nowhere.yaml"], /--inventory: there is no file \/nowhere\.yaml/],
  [
    "a cluster that is not there",
    ["--inventory", inventory, "--cluster", "constructor"],
    /there is no cluster "constructor"; use one of cluster-a/,
  ],
  ["facts that are not there", ["--inventory", inventory, "--facts", "/nowhere.json"], /cannot be read/],
  ["an unknown name", ["--inventory", inventory, "--facts", facts, "--explain", "xen-22"], /did you mean xen-2/],
  [
    "a drawing that cannot be written",
    ["--inventory", inventory, "--facts", facts, "--svg", "/nowhere/a.svg"],
    /cannot be written/,
  ],
  ["an argument nobody knows", ["--what"], /usage:/],
])("refuses %s in words, and ends with 2", async (_what, args, expected) => {
  const ran = await run(...args);

  expect(ran.code).toBe(2);
  expect(ran.err).toMatch(expected);
  expect(ran.err).not.toMatch(/^\s+at /m);
});

test("refuses an inventory with mistakes, each with its line", async () => {
  const file = join(folder, "bad.yaml");
  writeFileSync(file, "version: 1\nteams: {}\nclusters: 7\n");

  const ran = await run("--inventory", file);

  expect(ran.code).toBe(2);
  expect(ran.err).toMatch(/bad\.yaml:3: clusters/);
});

test("help is printed where it can be read, and ends well", async () => {
  const ran = await run("--help");

  expect([ran.code, ran.err]).toEqual([0, ""]);
  expect(ran.out).toContain("usage:");
  expect(existsSync(facts)).toBe(true);
});
