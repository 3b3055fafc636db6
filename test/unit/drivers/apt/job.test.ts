import { describe, expect, it } from "vitest";
import { parseJobState } from "../../../../src/drivers/patcher/apt/job.ts";
import { jobCommand, jobFolder } from "../../../../src/drivers/patcher/apt/job-script.ts";
import { bySudo } from "../../../../src/drivers/patcher/apt/machine.ts";
import { lastWords } from "../../../../src/drivers/patcher/apt/words.ts";

const folder = "/var/lib/tuesday/run-1";

describe("a job's state", () => {
  it.each([
    ["unit=inactive\nstatus=\n", "absent", null],
    ["unit=activating\nstatus=\n", "running", null],
    [`unit=active\nfile=${folder}/running\nstatus=\n`, "running", null],
    [`unit=active\nfile=${folder}/exit-0\nstatus=\n`, "ended", 0],
    [`unit=inactive\nfile=${folder}/exit-100\nstatus=\n`, "ended", 100],
    [`unit=inactive\nfile=${folder}/running\nstatus=\n`, "interrupted", null],
    [`unit=failed\nfile=${folder}/running\nstatus=\n`, "interrupted", null],
  ])("%j is %s", (text, state, exitCode) => {
    expect(parseJobState(text)).toMatchObject({ state, exitCode });
  });

  it("shows apt's progress: downloads are the first half", () => {
    const at = (status: string) => parseJobState(`unit=active\nfile=${folder}/running\nstatus=${status}\n`);

    expect(at("dlstatus:4:50.0:Retrieving file 4 of 8")).toMatchObject({ line: "Retrieving file 4 of 8", share: 0.25 });
    expect(at("pmstatus:libssl3:amd64:50.0:Unpacking libssl3: now")).toMatchObject({
      line: "Unpacking libssl3: now",
      share: 0.75,
    });
    expect(at("garbage")).toMatchObject({ line: "", share: undefined });
  });
});

describe("a job's command", () => {
  const job = { tag: "run-1", description: "d", aptArguments: ["install", "a=1"], added: ["b"], noteFailed: true };

  it("contains nothing systemd would replace", () => {
    for (const word of jobCommand(job)) expect(word).not.toMatch(/\$\{|\$\$/);
  });

  it("carries the apt call as an argument list", () => {
    expect(jobCommand(job).slice(-2)).toEqual(["install", "a=1"]);
  });

  it("refuses a tag that could leave the folder", () => {
    expect(() => jobFolder("../etc")).toThrow(TypeError);
  });
});

describe("sudo", () => {
  it("never asks for a password and keeps the variables", () => {
    expect(bySudo({ argv: ["apt-get", "update"], env: { A: "b c" }, timeoutMs: 1 })).toEqual({
      argv: ["sudo", "-n", "env", "LC_ALL=C", "A=b c", "apt-get", "update"],
      timeoutMs: 1,
    });
  });
});

describe("last words of a program", () => {
  it("are free of progress, control characters and credentials, and short", () => {
    const output = `Get:1 http://x y\n\u001b[31mE: no\u001b[0m route\u0007 to http://user:secret@host/debian\nReading package lists...\n`;

    expect(lastWords(output)).toBe("E: no route  to http://…@host/debian");
    expect(lastWords("x".repeat(2000))).toHaveLength(500);
    expect(lastWords("")).toBe("");
  });
});
