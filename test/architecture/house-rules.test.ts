import { basename } from "node:path";
import { describe, expect, test } from "vitest";
import { hypervisors } from "../../src/drivers/hypervisor/registry.ts";
import { patchers } from "../../src/drivers/patcher/registry.ts";
import { transports } from "../../src/drivers/transport/registry.ts";
import { type SourceFile, sourceFiles } from "./files.ts";

const files = sourceFiles(["src", "commands", "jobs"]);

/** Without comments: they may speak of what the program may not do. */
function program({ text }: SourceFile): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|[\s;{(])\/\/.*$/gm, "$1");
}

function having(list: readonly SourceFile[], pattern: RegExp): readonly string[] {
  return list.flatMap((file) => (program(file).match(pattern) ?? []).map((found) => `${file.path}: ${found}`));
}

/** Who touches the environment, how often, and why that is right. */
const environment: Readonly<Record<string, { times: number; why: string }>> = {
  "src/config.ts": { times: 1, why: "the only reader of settings" },
  "src/main.ts": { times: 1, why: "PATH, to find a Redis server" },
  "src/try-out.ts": { times: 3, why: "PATH, and the environment passed on to the processes it starts" },
};

test("process.env is touched only where the list says, and only as often", () => {
  const touched = files.flatMap((file) => {
    const times = (program(file).match(/process\s*\.\s*env\b|process\[/g) ?? []).length;
    return times > 0 ? [[file.path, times]] : [];
  });

  expect(Object.fromEntries(touched)).toEqual(
    Object.fromEntries(Object.entries(environment).map(([path, { times }]) => [path, times])),
  );
});

test("no default exports", () => {
  expect(having(files, /export\s+default\b|export\s*\{[^}]*\bas\s+default\b/g)).toEqual([]);
});

test("no enums", () => {
  expect(having(files, /^\s*(?:export\s+)?(?:const\s+)?enum\s+\w+/gm)).toEqual([]);
});

test("the planner and the domain know no clock and no chance", () => {
  const pure = files.filter((file) => /^src\/(planner|domain)\//.test(file.path));

  expect(
    having(pure, /\bDate\.now\b|new Date\(|\bperformance\b|Math\.random|randomUUID|setTimeout|\bfetch\(/g),
  ).toEqual([]);
});

test("the run and the views get the time as an argument", () => {
  const timed = files.filter((file) => /^src\/(run|slack\/views)\//.test(file.path));

  expect(having(timed, /\bDate\.now\b|new Date\(\)|Math\.random|randomUUID/g)).toEqual([]);
});

const ids = [...new Set([...hypervisors.keys(), ...patchers.keys(), ...transports.keys()])];
/** Families are data in the scope of order rules, and only there. */
const families = ["xapi", "vsphere", "hyperv", "proxmox", "libvirt"];

function comparisons(list: readonly SourceFile[], words: readonly string[]): readonly string[] {
  const word = `["'](?:${words.join("|")})["']`;
  return having(list, new RegExp(`(?:[=!]==?\\s*${word}|${word}\\s*[=!]==?|\\bcase\\s+${word})`, "g"));
}

test("nobody but drivers and the simulator asks for a driver by its name", () => {
  const others = files.filter((file) => !/^src\/(drivers|lab)\//.test(file.path));

  expect(ids.length).toBeGreaterThan(2);
  expect(comparisons(others, ids)).toEqual([]);
});

test("nobody but order rules, drivers and the simulator asks for a platform's family", () => {
  const others = files.filter((file) => !/^src\/(drivers|lab|planner\/rules)\//.test(file.path));

  expect(comparisons(others, families)).toEqual([]);
});

test("file names are kebab-case", () => {
  const names = sourceFiles(["src", "commands", "jobs", "test"]).map((file) => file.path);

  expect(names.filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.(test|contract))?\.ts$/.test(basename(name)))).toEqual([]);
});

test("no file is longer than 300 lines", () => {
  const long = files
    .map((file) => [file.path, file.text.split("\n").length] as const)
    .filter(([, lines]) => lines > 300);

  expect(long).toEqual([]);
});

/** Functions at the beginning of a line, as the formatter leaves them: from `function` to the closing brace in column one. */
function functionsOf({ path, text }: SourceFile): readonly { readonly name: string; readonly lines: number }[] {
  const lines = text.split("\n");
  return lines.flatMap((line, start) => {
    const name = /^(?:export )?(?:async )?function\*? (\w+)/.exec(line)?.[1];
    if (name === undefined) return [];
    const end = lines.findIndex((one, i) => i > start && one.startsWith("}"));
    return [{ name: `${path}: ${name}`, lines: end - start + 1 }];
  });
}

/**
 * Each opens one live resource and returns its few methods, which share what is open: one function to the
 * counter, several short ones to the reader. They may get shorter; nobody joins them.
 */
const openers = [
  "src/drivers/fleet.ts: openFleet",
  "src/run/redis/store.ts: redisStore",
  "src/worker.ts: startWorker",
  "src/workspace/page/js/composer.ts: createComposer",
  "src/workspace/page/js/timeline.ts: createTimeline",
  "jobs/advance-run.ts: startRunWorker",
];

test("no function has 60 lines or more, but for a few openers of a live resource", () => {
  const all = files.flatMap(functionsOf);

  expect(all.length).toBeGreaterThan(300);
  expect(all.filter(({ name, lines }) => lines >= (openers.includes(name) ? 100 : 60))).toEqual([]);
});

describe("the checks notice", () => {
  const fake = (text: string): readonly SourceFile[] => [{ path: "src/fake.ts", text }];

  test("a comparison with a driver's name, either way round, and a case", () => {
    for (const text of ['if (driver === "apt") x();', 'if ("apt" !== driver) x();', 'case "apt":'])
      expect(comparisons(fake(text), ids)).toHaveLength(1);
    expect(comparisons(fake('// driver === "apt"'), ids)).toEqual([]);
  });

  test("a function of 60 lines", () => {
    const body = Array.from({ length: 58 }, () => "  x();").join("\n");
    const [found] = functionsOf({ path: "a.ts", text: `function long() {\n${body}\n}\n` });

    expect(found?.lines).toBe(60);
  });
});
