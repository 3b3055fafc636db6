import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseMadison, parseSimulation } from "../../../../src/drivers/patcher/apt/parse.ts";
import { kindOf, pendingFrom } from "../../../../src/drivers/patcher/apt/pending.ts";
import { rebootFor } from "../../../../src/drivers/patcher/apt/reboot-table.ts";

function recorded(name: string): string {
  return readFileSync(new URL(`../../../cases/patcher/apt/${name}.txt`, import.meta.url), "utf8");
}

const quiet = { rebootAsked: null, virtualisation: "none" };
const openssl = { name: "openssl", from: "1", to: "2", source: "Debian-Security:12/oldstable-security" };
const offers = new Map([["openssl", new Set(["1", "2"])]]);

describe("pending packages", () => {
  it("are sorted by name and say whether the old version can be had again", () => {
    const { installs } = parseSimulation(recorded("simulate-upgrade"));

    const { patches } = pendingFrom({ installs, offers: parseMadison(recorded("madison")), ...quiet });

    expect(patches.map(({ name }) => name)).toEqual(patches.map(({ name }) => name).sort());
    const available = patches.filter(({ oldAvailable }) => oldAvailable).map(({ name }) => name);
    expect(available).toEqual(["libssl3", "openssl", "perl-base", "tuesday-lab-service"]);
  });

  it("are classified by origin", () => {
    expect(kindOf("Debian-Security:12/oldstable-security")).toBe("security");
    expect(kindOf("Debian:12.15/oldstable, Debian-Security:12/oldstable-security")).toBe("security");
    expect(kindOf("Ubuntu:24.04/noble-security")).toBe("security");
    expect(kindOf("Debian:12-updates/oldstable-updates")).toBe("bugfix");
    expect(kindOf("Ubuntu:24.04/noble-updates")).toBe("bugfix");
    expect(kindOf("Tuesday-Lab:lab")).toBe("unknown");
    expect(kindOf("")).toBe("unknown");
  });

  it("can be taken back only while every old version is offered", () => {
    const possible = pendingFrom({ installs: [openssl], offers, ...quiet }).backOut;
    const gone = pendingFrom({ installs: [openssl], offers: new Map([["openssl", new Set(["2"])]]), ...quiet }).backOut;

    expect(possible).toMatchObject({ possible: true, until: "the old versions leave the repositories" });
    expect(gone).toEqual({ possible: false, why: "no repository the machine sees offers openssl 1 any more" });
  });

  it("have no way back when a new kernel is among them", () => {
    const kernel = { ...openssl, name: "linux-image-6.1.0-56-amd64", from: "" };

    const { backOut, reboot } = pendingFrom({ installs: [kernel], offers, ...quiet });

    expect(backOut).toMatchObject({ possible: false, why: expect.stringContaining("new kernel") });
    expect(reboot).toEqual({
      needed: true,
      why: "linux-image-6.1.0-56-amd64: a new kernel runs only after a reboot",
    });
  });

  it("are estimated with the source of the figures", () => {
    const lab = pendingFrom({ installs: [openssl], offers, rebootAsked: null, virtualisation: "systemd-nspawn" });

    expect(pendingFrom({ installs: [openssl], offers, ...quiet }).estimate).toEqual({
      patchSeconds: 32,
      rebootSeconds: 180,
      source: "default",
    });
    expect(lab.estimate).toMatchObject({ rebootSeconds: 1, source: "lab.md A5" });
    expect(pendingFrom({ installs: [], offers, ...quiet }).estimate.patchSeconds).toBe(0);
  });
});

describe("reboot", () => {
  const patch = { from: "1", to: "2", kind: "security", source: "", oldAvailable: true } as const;

  it.each([
    "linux-image-amd64",
    "libc6",
    "libc6:i386",
    "systemd",
    "dbus",
    "intel-microcode",
    "xen-hypervisor-4.17-amd64",
  ])("is needed for %s", (name) => {
    expect(rebootFor([{ ...patch, name }], null)).toMatchObject({ needed: true, why: expect.stringContaining(name) });
  });

  it.each(["openssl", "libc6-dev", "systemd-container", "dbus-x11", "linux-image-6.1.0-56-amd64-dbg"])(
    "is not needed for %s",
    (name) => {
      expect(rebootFor([{ ...patch, name }], null).needed).toBe(false);
    },
  );

  it("is needed when the machine asks for it itself", () => {
    expect(rebootFor([], ["linux-image-amd64"])).toEqual({
      needed: true,
      why: "the machine already asks for a reboot because of linux-image-amd64",
    });
    expect(rebootFor([], [])).toMatchObject({ needed: true });
  });
});
