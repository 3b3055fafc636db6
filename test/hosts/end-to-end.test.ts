import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stringify } from "yaml";
import type { WorkspaceMessage } from "../../src/workspace/index.ts";
import { heard, inThread, planned, press, transcriptText, words } from "../support/conversation.ts";
import { inventoryHost } from "../support/debian-lab/drive.ts";
import { debianLab, type Lab, type LabHost, startLab } from "../support/debian-lab/index.ts";
import { adam, channel, type Installation, install, olga, rita } from "../support/installation.ts";

const missing = debianLab.missing();
const service = {
  name: "service",
  command: ["systemctl", "is-active", "tuesday-lab-service"] as [string, ...string[]],
  timeoutSeconds: 10,
};
const minutes = 60_000;

/** The whole way, from `/patch` in the workspace to packages on real hosts over SSH, and back. */
describe.skipIf(missing !== null)(
  `real Debian hosts patched from Slack${missing ? ` [skipped: ${missing}]` : ""}`,
  () => {
    let lab: Lab;
    let tuesday: Installation;
    const host = (name: string): LabHost => {
      const found = lab.hosts.find((one) => one.name === name);
      if (!found) throw new Error(`no lab host ${name}`);
      return found;
    };

    beforeAll(async () => {
      lab = await startLab({ hosts: ["a1", "a2", "a3", "b1", "b2", "c1"] });
      for (const name of ["a1", "a2", "a3"]) await host(name).patchDay();
      await host("a3").requireReboot("linux-image-amd64");
      await host("b1").patchDay({ debian: false, service: "bad" });
      await host("b2").patchDay({ debian: false });
      await host("c1").patchDay({ debian: false });
      tuesday = await install({ ownInventory: inventory(host), env: { LOG_LEVEL: "info" } });
    });
    afterAll(async () => {
      if (tuesday) {
        const file = join(tmpdir(), "tuesday-real-run.txt");
        writeFileSync(file, transcriptText(tuesday));
        console.log(`the conversation about the real hosts is in ${file}`);
      }
      await tuesday?.close();
      await lab?.close();
    });

    describe("/patch lab-a", () => {
      let card: WorkspaceMessage;
      let approved: ReadonlyMap<string, readonly Upgrade[]>;

      test("the plan lists the packages that the hosts themselves would upgrade, with both versions", async () => {
        card = await planned(tuesday, rita, "lab-a");

        approved = new Map(
          await Promise.all(["a1", "a2", "a3"].map(async (name) => [name, await upgradable(host(name))] as const)),
        );
        const thread = await tuesday.workspace.control.messages({ channel, threadTs: card.ts });
        const detail = thread.slice(1).map(words).join("\n");
        for (const upgrades of approved.values()) {
          expect(upgrades.length).toBeGreaterThan(0);
          for (const { name, from, to } of upgrades) expect(detail).toContain(`\`${name}\` ${from} → ${to}`);
        }
        expect(words(card)).not.toContain("Simulated");
        expect(words(card)).toMatch(/a3 \| \+.* \| .* \| /);
      });

      test("after approval all three are really upgraded, one after another, though the worker is killed in the middle", async () => {
        await press(tuesday, adam, card, "run:approve");
        const run = await heard(tuesday, "Patching lab-a", 2 * minutes);
        await heard(tuesday, /Now: install \d+ patch(es)? on a2/, 3 * minutes);
        await Promise.all(tuesday.workers.splice(0).map((worker) => worker.end("SIGKILL")));
        await tuesday.startWorker();

        const summary = await inThread(tuesday, run.ts, "lab-a: done", 6 * minutes);

        for (const [name, upgrades] of approved) {
          const installed = await host(name).installed();
          expect(upgrades.map((one) => [one.name, installed.get(one.name)])).toEqual(
            upgrades.map((one) => [one.name, one.to]),
          );
          const history = await host(name).sh("grep -c '^Upgrade: .*tuesday-lab-service' /var/log/apt/history.log");
          expect(history.stdout.trim(), `${name} was upgraded in one transaction`).toBe("1");
        }
        const ends = await Promise.all(["a1", "a2", "a3"].map((name) => upgradeTimes(host(name))));
        expect(ends[0]?.end).toBeLessThanOrEqual(ends[1]?.start ?? 0);
        expect(ends[1]?.end).toBeLessThanOrEqual(ends[2]?.start ?? 0);
        expect(words(summary)).toContain("`tuesday-lab-service` 1.0 → 1.1");
        expect(words(summary)).toMatch(/\*a3\*: about .* predicted, [\d.]+ s measured/);
      });

      test("the host that needed a reboot was announced with its owner, and really rebooted; the others were not", async () => {
        const run = await heard(tuesday, "Patching lab-a");
        const warning = await inThread(tuesday, run.ts, "*a3* goes down");

        expect(words(warning)).toContain(`owner <@${olga}>`);
        expect((await host("a3").sh("test -e /run/reboot-required && echo there || echo gone")).stdout.trim()).toBe(
          "gone",
        );
      });
    });

    describe("/patch lab-b, where the new version does not start", () => {
      test("the failed health check asks; Roll back really brings the old versions back; the next host is untouched", async () => {
        const before = await host("b1").installed();
        const untouched = await host("b2").installed();
        const card = await planned(tuesday, rita, "lab-b");
        await press(tuesday, adam, card, "run:approve");
        const run = await heard(tuesday, "Patching lab-b", 2 * minutes);
        const prompt = await inThread(tuesday, run.ts, "needs an answer", 4 * minutes);
        expect(words(prompt)).toContain("tuesday-lab-service");
        expect((await host("b1").installed()).get("tuesday-lab-service")).toBe("1.1");

        await press(tuesday, rita, prompt, "prompt:roll-back");
        const summary = await inThread(tuesday, run.ts, "lab-b: rolled back", 4 * minutes);

        expect(await host("b1").installed()).toEqual(before);
        expect((await host("b1").sh("systemctl is-active tuesday-lab-service")).stdout.trim()).toBe("active");
        expect(await host("b2").installed()).toEqual(untouched);
        expect(words(summary)).toMatch(/\*b1\*: `tuesday-lab-service` 1\.0 → 1\.1 – :rewind: rolled back/);
        expect(words(summary)).toMatch(/not \(fully\) patched: b1, b2/);
      });
    });

    describe("machines that cannot or must not be touched", () => {
      test("refuses a host whose key is not the pinned one, with both fingerprints, and does nothing", async () => {
        await tuesday.workspace.control.command({ user: rita, channel, command: "/patch", text: "lab-wrong-key" });

        const card = await heard(tuesday, "No plan for lab-wrong-key", 2 * minutes);
        expect(words(card)).toMatch(/SHA256:\S+.*SHA256:\S+/s);
        expect(words(card)).toContain("nothing was changed");
      });

      test("refuses to plan while somebody holds the apt lock, and names it", async () => {
        const release = await host("c1").holdAptLock();

        await tuesday.workspace.control.command({ user: rita, channel, command: "/patch", text: "lab-c" });

        expect(words(await heard(tuesday, "No plan for lab-c", 2 * minutes))).toMatch(/c1 is busy/);
        await release();
      });

      test("a disk that is full by now stops the step with figures; with space again, Retry goes on to the end", async () => {
        const card = await planned(tuesday, rita, "lab-c");
        const free = await host("c1").fillDisk(5);
        const installed = await host("c1").installed();
        await press(tuesday, adam, card, "run:approve");
        const run = await heard(tuesday, "Patching lab-c", 2 * minutes);
        const prompt = await inThread(tuesday, run.ts, "needs an answer", 2 * minutes);
        expect(words(prompt)).toMatch(/c1.*(MB|MiB|kB)/s);
        expect(await host("c1").installed()).toEqual(installed);

        await free();
        await press(tuesday, rita, prompt, "prompt:retry");

        expect(await inThread(tuesday, run.ts, "lab-c: done", 4 * minutes)).toBeTruthy();
      });

      test("refuses a host that does not answer, by name, in bounded time", async () => {
        await host("b2").linkDown();

        await tuesday.workspace.control.command({ user: rita, channel, command: "/patch", text: "lab-b" });

        expect(words(await heard(tuesday, "No plan for lab-b", 2 * minutes))).toContain("b2");
        await host("b2").linkUp();
      });
    });
  },
);

interface Upgrade {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/** What apt on the host says it would upgrade, asked by the test's own ssh, not by the driver. */
async function upgradable(host: LabHost): Promise<readonly Upgrade[]> {
  const { stdout } = await host.sh("LC_ALL=C apt-get -s --with-new-pkgs upgrade");
  return [...stdout.matchAll(/^Inst (\S+) \[(\S+)\] \((\S+) /gm)].map(([, name = "", from = "", to = ""]) => ({
    name,
    from,
    to,
  }));
}

/** Start and end of the host's last apt transaction, in seconds since 1970. */
async function upgradeTimes(host: LabHost): Promise<{ readonly start: number; readonly end: number }> {
  const { stdout } = await host.sh("tail -n 20 /var/log/apt/history.log");
  const at = (word: string) =>
    Date.parse(stdout.match(new RegExp(`${word}-Date: (.*)`))?.[1]?.replace("  ", "T") ?? "");
  return { start: at("Start"), end: at("End") };
}

function inventory(host: (name: string) => LabHost): string {
  const policy = { operators: "operators", approvers: "approvers", warnAheadMinutes: 0.02 };
  const entry = (name: string) => inventoryHost(host(name), [service]);
  const stranger = { ...entry("c1"), transport: { ...entry("c1").transport, hostKey: host("b2").hostKey } };
  return stringify({
    version: 1,
    teams: { operators: { userGroup: "S0OPERATORS" }, approvers: { userGroup: "S0APPROVERS" } },
    clusters: {
      "lab-a": {
        policy,
        hosts: { a1: entry("a1"), a2: entry("a2"), a3: { ...entry("a3"), owner: olga } },
        groups: { web: { kind: "redundant", members: ["a1", "a2", "a3"], minUp: 2 } },
      },
      "lab-b": { policy, hosts: { b1: entry("b1"), b2: entry("b2") } },
      "lab-c": { policy, hosts: { c1: entry("c1") } },
      "lab-wrong-key": { policy, hosts: { c1: stranger } },
    },
  });
}
