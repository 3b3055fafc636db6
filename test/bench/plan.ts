import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { contenders, type Line, measurePlan, measureReplan, measureTiny } from "./measure.ts";

/**
 * `npm run bench:plan -- [INSTANCE …] [--budget SECONDS] [--seed N] [--who NAME,NAME]`: one JSON line per instance and
 * contender, then the tiny set against its optima, then a re-plan. Each measurement is a process of its own: its
 * peak memory is its own.
 */
const here = fileURLToPath(import.meta.url);
const root = fileURLToPath(new URL("../../../", import.meta.url));
/** Ten minutes: the slowest baseline on the biggest pool needs half a minute on the machine of 2026-11. */
const patienceMs = 600_000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    budget: { type: "string", default: "10" },
    seed: { type: "string", default: "1" },
    who: { type: "string", default: contenders.map(({ name }) => name).join(",") },
    // For the process of one measurement.
    one: { type: "string" },
    name: { type: "string", default: "" },
  },
});

const seed = Number(values.seed);
const seconds = Number(values.budget);
const print = (line: Line) => process.stdout.write(`${JSON.stringify(line)}\n`);

/** What one process does; the tiny set gets a second each, a re-plan two. */
function measureOne(what: string, name: string, path: string): Line {
  if (what === "tiny") return measureTiny(name, path, { seed, budgetMs: Math.min(1, seconds) * 1_000 });
  if (what === "replan") return measureReplan(name, path, { seed, budgetMs: Math.min(2, seconds) * 1_000 });
  return measurePlan(name, path, { seed, budgetMs: seconds * 1_000 });
}

function inOwnProcess(what: string, name: string, path: string): Line {
  const words = [here, "--one", what, "--name", name, "--budget", String(seconds), "--seed", String(seed), path];
  const { status, stdout, stderr, error } = spawnSync(process.execPath, words, {
    encoding: "utf8",
    timeout: patienceMs,
  });
  if (error) return { status: "gave up", why: `no answer after ${patienceMs / 1_000} s` };
  if (status !== 0) return { status: "failed", why: stderr.trim().split("\n").slice(-1)[0] ?? "" };
  return JSON.parse(stdout) as Line;
}

interface Files {
  readonly folder: string;
  readonly tiny: string;
}

/** The shared folder; without it the few instances that are here. */
function findFiles(): Files {
  const shared = join(root, "../shared/instances");
  const own = join(root, "test/instances");
  if (existsSync(shared)) return { folder: shared, tiny: join(shared, "tiny") };
  print({ note: `${shared} is not there: only the small instances of test/instances are measured` });
  return { folder: own, tiny: own };
}

/** Small ones first. */
function instancesIn(folder: string): readonly string[] {
  const sizeOf = (file: string) => Number(/-(\d+)(?:-[a-z]+\d*)?\.json/.exec(file)?.[1] ?? 0);
  return readdirSync(folder)
    .filter((file) => /\.json(\.gz)?$/.test(file) && !file.startsWith("tiny-"))
    .sort((a, b) => sizeOf(a) - sizeOf(b) || (a < b ? -1 : 1));
}

function measureAll(): void {
  const who = values.who.split(",");
  const { folder, tiny } = findFiles();
  const all = instancesIn(folder);
  const wanted = (word: string) => positionals.length === 0 || positionals.includes(word);
  for (const file of all.filter((one) => wanted("") || positionals.some((word) => one.startsWith(word))))
    for (const name of who)
      print({
        instance: file.replace(/\.json(\.gz)?$/, ""),
        who: name,
        ...inOwnProcess("plan", name, join(folder, file)),
      });
  if (wanted("tiny")) for (const name of who) print({ set: "tiny", who: name, ...inOwnProcess("tiny", name, tiny) });
  // Its biggest pool has 64 hosts.
  const event = all.find((file) => file.startsWith("azure-1000-")) ?? all[0];
  if (event === undefined || !wanted("replan")) return;
  for (const name of who)
    print({ event: "overrun", who: name, instance: event, ...inOwnProcess("replan", name, join(folder, event)) });
}

if (values.one !== undefined) print(measureOne(values.one, values.name, positionals[0] ?? ""));
else measureAll();
