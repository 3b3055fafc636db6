import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as parse from "../../../../src/drivers/patcher/apt/parse.ts";

/** Output recorded on Debian 12.15 in the lab, 22 November 2026. */
function recorded(name: string): string {
  return readFileSync(new URL(`../../../cases/patcher/apt/${name}.txt`, import.meta.url), "utf8");
}

describe("what apt-get -s prints", () => {
  it("is read with versions and origin, each package once", () => {
    const { installs, removes, keptBack } = parse.parseSimulation(recorded("simulate-upgrade"));

    expect(installs).toHaveLength(17);
    expect(installs[0]).toEqual({
      name: "libperl5.36",
      from: "5.36.0-7+deb12u3",
      to: "5.36.0-7+deb12u4",
      source: "Debian-Security:12/oldstable-security",
    });
    expect(installs.find(({ name }) => name === "tuesday-lab-service")).toEqual({
      name: "tuesday-lab-service",
      from: "1.0",
      to: "1.1",
      source: "Tuesday-Lab:lab",
    });
    expect([removes, keptBack]).toEqual([[], []]);
  });

  it("shows packages that come in new, and several origins", () => {
    const { installs } = parse.parseSimulation(recorded("simulate-new-kernel"));

    expect(installs).toContainEqual({
      name: "linux-image-6.1.0-56-cloud-amd64",
      from: "",
      to: "6.1.192-2",
      source: "Debian-Security:12/oldstable-security",
    });
    expect(installs.find(({ name }) => name === "linux-base")?.source).toBe(
      "Debian:12.15/oldstable, Debian-Security:12/oldstable-security",
    );
  });

  it("names what is kept back", () => {
    const { installs, keptBack } = parse.parseSimulation(recorded("simulate-kept-back"));

    expect(keptBack).toEqual(["libperl5.36", "libssl3", "perl", "perl-base"]);
    expect(installs).toHaveLength(13);
  });

  it("keeps another architecture in the name, and bears a missing origin and removals", () => {
    const text =
      "Inst libc6:i386 [2.36-9] (2.36-10 Debian:12.15/oldstable [i386])\nInst own [1] (2 [all])\nRemv old [3]\n";

    expect(parse.parseSimulation(text)).toEqual({
      installs: [
        { name: "libc6:i386", from: "2.36-9", to: "2.36-10", source: "Debian:12.15/oldstable" },
        { name: "own", from: "1", to: "2", source: "" },
      ],
      removes: ["old"],
      keptBack: [],
    });
  });
});

describe("what other tools print", () => {
  it("madison: versions by package", () => {
    const offers = parse.parseMadison(recorded("madison"));

    expect([...(offers.get("libssl3") ?? [])]).toEqual(["3.0.22-1~deb12u2", "3.0.20-1~deb12u2", "3.0.17-1~deb12u2"]);
    expect([...(offers.get("tuesday-lab-service") ?? [])]).toEqual(["1.1", "1.0"]);
    expect(parse.parseMadison("  bash | 5.2 | http://x bookworm/main Sources\n").size).toBe(0);
  });

  it("dpkg-query: the own architecture goes without saying", () => {
    const own = parse.parseInstalled(recorded("dpkg-query"), "amd64");
    const foreign = parse.parseInstalled("libc6\ti386\t2.36\tinstalled\t100\n", "amd64");

    expect(own.get("libssl3")).toEqual({ version: "3.0.20-1~deb12u2", status: "installed", sizeKiB: 6030 });
    expect(own.get("tzdata")?.version).toBe("2026b-0+deb12u1");
    expect([...foreign.keys()]).toEqual(["libc6:i386"]);
  });

  it("print-uris, show and df: bytes", () => {
    expect(parse.parseDownloadBytes(recorded("print-uris"))).toBe(16_522_732);
    expect(parse.parseDownloadBytes("")).toBe(0);
    expect(parse.parseShownSizes(recorded("show"))).toEqual(
      new Map([
        ["libssl3=3.0.22-1~deb12u2", 6042],
        ["tzdata=2026f-0+deb12u1", 2571],
        ["tuesday-lab-service=1.1", 16],
      ]),
    );
    expect(parse.parseFreeBytes(recorded("df"))).toEqual([988639232, 988639232]);
  });

  it("os-release, needrestart, failed units and locks", () => {
    expect(parse.parseOsRelease(recorded("os-release"))).toMatchObject({ ID: "debian", VERSION_ID: "12" });
    expect(
      parse.parseNeedrestart("NEEDRESTART-VER: 3.6\nNEEDRESTART-SVC: dbus.service\nNEEDRESTART-SVC: cron.service\n"),
    ).toEqual(["dbus.service", "cron.service"]);
    expect(parse.parseFailedUnits("a.service loaded failed failed A\nb.timer loaded failed failed B\n")).toEqual([
      "a.service",
      "b.timer",
    ]);
    expect(parse.parseFailedUnits("")).toEqual([]);
    expect(parse.parseLocks("/var/lib/dpkg/lock\t42\tapt-get\n/run/x\t7\t\n")).toEqual([
      { file: "/var/lib/dpkg/lock", pid: "42", program: "apt-get" },
      { file: "/run/x", pid: "7", program: "an unknown program" },
    ]);
  });
});
