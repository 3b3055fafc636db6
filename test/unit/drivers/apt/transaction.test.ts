import { describe, expect, it } from "vitest";
import type { Patch } from "../../../../src/domain/act.ts";
import { diskShortage, unpackBytes } from "../../../../src/drivers/patcher/apt/disk.ts";
import { pendingDiffers } from "../../../../src/drivers/patcher/apt/operations.ts";
import { parseSimulation } from "../../../../src/drivers/patcher/apt/parse.ts";
import {
  differences,
  patchTransaction,
  revertTransaction,
  surprises,
} from "../../../../src/drivers/patcher/apt/transaction.ts";

const openssl: Patch = { name: "openssl", from: "1", to: "2", kind: "security", source: "", oldAvailable: true };
const kernel: Patch = { ...openssl, name: "linux-image-6.1.0-56-amd64", from: "" };
const helper: Patch = { ...openssl, name: "libhelper", from: "" };

function state(entries: Record<string, string>, status = "installed") {
  return new Map(Object.entries(entries).map(([name, version]) => [name, { version, status, sizeKiB: 10 }]));
}

describe("the transaction of a patch", () => {
  it("names exactly the approved versions and lets apt remove nothing", () => {
    const { argv } = patchTransaction([openssl, helper]);

    expect(argv.slice(-2)).toEqual(["openssl=2", "libhelper=2"]);
    expect(argv).toContain("--no-remove");
    expect(argv).toContain("Dpkg::Options::=--force-confold");
    expect(argv).not.toContain("--allow-downgrades");
  });

  it("is not begun when apt would do anything else", () => {
    const transaction = patchTransaction([openssl, helper]);
    const simulation = parseSimulation("Inst openssl [1] (3 X [amd64])\nInst other (1 X [amd64])\nRemv mailer [1]\n");

    expect(surprises(transaction, simulation, state({ openssl: "1" }))).toEqual([
      "would install openssl 3",
      "would install other 1",
      "would remove mailer",
      "would leave out libhelper 2",
    ]);
  });

  it("has no surprise in what is already there", () => {
    const simulation = parseSimulation("Inst openssl [1] (2 X [amd64])\n");

    expect(surprises(patchTransaction([openssl, helper]), simulation, state({ openssl: "1", libhelper: "2" }))).toEqual(
      [],
    );
  });

  it("is done only when every version is there and configured", () => {
    const transaction = patchTransaction([openssl]);

    expect(differences(transaction, state({ openssl: "2" }))).toEqual([]);
    expect(differences(transaction, state({ openssl: "2" }, "half-configured"))).toEqual([
      "openssl is 2 (half-configured), expected 2",
    ]);
    expect(differences(transaction, state({}))).toEqual(["openssl is not installed, expected 2"]);
  });
});

describe("the transaction of the way back", () => {
  it("goes back to the old versions and removes what came in new", () => {
    const transaction = revertTransaction([openssl, helper], new Set());

    expect(transaction.argv.slice(-2)).toEqual(["openssl=1", "libhelper-"]);
    expect(transaction.argv).toContain("--allow-downgrades");
    expect(differences(transaction, state({ openssl: "1", libhelper: "2" }))).toEqual(["libhelper is still there"]);
    expect(differences(transaction, state({ openssl: "1" }))).toEqual([]);
  });

  it("keeps the running kernel", () => {
    const transaction = revertTransaction([openssl, kernel], new Set([kernel.name]));

    expect(transaction.argv.at(-1)).toBe("openssl=1");
    expect(transaction.argv).toContain("--no-remove");
  });
});

describe("what was approved and what is pending", () => {
  it("differs when something is new or gone, and not when it is already done", () => {
    const pending = { name: "openssl", from: "1", to: "2", source: "" };

    expect(pendingDiffers("web1", [openssl], [pending], state({ openssl: "1" }))).toEqual([]);
    expect(pendingDiffers("web1", [openssl], [], state({ openssl: "2" }))).toEqual([]);
    expect(pendingDiffers("web1", [openssl], [{ ...pending, to: "3" }], state({ openssl: "1" }))).toEqual([
      {
        reason: "facts-changed",
        where: "web1",
        message:
          "The pending packages of web1 differ from the approved ones: new: openssl 1 -> 3; gone: openssl 1 -> 2.",
        next: "Ask for a new plan and have it approved.",
      },
    ]);
  });
});

describe("disk space", () => {
  const mib = 1024 * 1024;

  it("is needed for what grows, the largest package once more, and a reserve", () => {
    const sizes = new Map([
      ["a=2", 2048],
      ["b=2", 1024],
    ]);
    const now = new Map([["a", { version: "1", status: "installed", sizeKiB: 1024 }]]);

    expect(unpackBytes(sizes, now)).toBe((1 + 1 + 2 + 32) * mib);
  });

  it("is told with figures when it is short", () => {
    const need = { download: 20 * mib, unpack: 50 * mib, freeRoot: 60 * mib, freeArchives: 60 * mib };

    expect(diskShortage(need)).toBe("70 MiB are needed on /, 60 MiB are free");
    expect(diskShortage({ ...need, freeArchives: 500 * mib })).toBeNull();
    expect(diskShortage({ ...need, freeArchives: 5 * mib })).toBe(
      "20 MiB have to be downloaded, 5 MiB are free in /var/cache/apt/archives",
    );
  });
});
