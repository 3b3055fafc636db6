import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { readInstanceFile } from "../../src/instance-file.ts";

const folder = mkdtempSync(join(tmpdir(), "tuesday-instance-"));
afterAll(() => rmSync(folder, { recursive: true }));

const instances = fileURLToPath(new URL("../instances/", import.meta.url));
const instanceFiles = readdirSync(instances).filter((file) => file.endsWith(".json.gz"));

function fileWith(name: string, content: string | Buffer): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

const smallest = JSON.stringify({
  format: "rolling-patch-instance/1",
  name: "one host",
  limits: { migrationsPerHost: 1 },
  hosts: [{ id: "a", pool: "p", cpu: 1, memMb: 1 }],
  vms: [],
  groups: [],
});

test("every instance of test/instances is read", () => {
  expect(instanceFiles.length).toBeGreaterThan(5);
  for (const file of instanceFiles) expect(readInstanceFile(join(instances, file))).toMatchObject({ ok: true });
});

test("a plain file is read, and a packed one whatever its name", () => {
  expect(readInstanceFile(fileWith("plain.json", smallest))).toMatchObject({ ok: true });
  expect(readInstanceFile(fileWith("packed.json", gzipSync(smallest)))).toMatchObject({ ok: true });
});

describe("refuses", () => {
  test.each<[string, string | Buffer, RegExp]>([
    ["an empty file", "", /: is not JSON \(it is empty\)$/],
    ["half a file", smallest.slice(0, 40), /: is not JSON \([^\n]+\)$/],
    ["half a packed file", gzipSync(smallest).subarray(0, 40), /: is no whole gzip file \(Z_BUF_ERROR\)$/],
    ["another JSON", '{"hosts": []}', /bad\.json: the instance has a problem: format: must be/],
  ])("%s", (_what, content, message) => {
    expect(readInstanceFile(fileWith("bad.json", content))).toMatchObject({
      ok: false,
      message: expect.stringMatching(message),
    });
  });

  test("a file that is not there, and a folder", () => {
    expect(readInstanceFile(join(folder, "no.json"))).toMatchObject({
      ok: false,
      message: `${join(folder, "no.json")}: cannot be read (ENOENT)`,
    });
    expect(readInstanceFile(folder)).toMatchObject({ ok: false, message: `${folder}: cannot be read (EISDIR)` });
  });
});
