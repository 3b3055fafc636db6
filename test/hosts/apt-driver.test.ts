import { beforeEach, describe, expect, it } from "vitest";
import type { ActOf } from "../../src/domain/act.ts";
import { MachineFacts } from "../../src/domain/facts.ts";
import { machine, onRealHost, patchService, service, serviceActive } from "../support/debian-lab/apt-stage.ts";
import { failureOf, live, operationOf, pendingOn, perform, watch } from "../support/debian-lab/drive.ts";

onRealHost("apt driver on a real Debian host", (stage) => {
  describe("what Debian really has pending", () => {
    it("is surveyed, installed, rebooted into, found healthy, and taken back", async () => {
      await stage.host.patchDay();
      await stage.host.sh("apt-mark auto libssl3");
      const before = await stage.host.installed();
      const connection = stage.connect({ healthChecks: [serviceActive] });

      const facts = await connection.survey(live());
      const { patches, backOut } = facts.pending;
      expect(MachineFacts.parse(facts)).toEqual(facts);
      expect(facts.system).toMatch(/^Debian 12\.\d+$/);
      expect(patches).toContainEqual(service);
      for (const patch of patches) expect(before.get(patch.name) ?? "").toBe(patch.from);
      expect(backOut.possible).toBe(true);

      const patched = await perform(connection, { do: "patch", machine, patches }, "run-1-patch-1");
      const after = await stage.host.installed();
      for (const patch of patches) expect(after.get(patch.name)).toBe(patch.to);
      expect(patched.summary).toBe(`${patches.length} packages upgraded`);
      expect(patched.changes).toEqual(patches.map(({ name, from, to }) => ({ name, from, to })));
      expect(await stage.audit()).toBe("");
      // Naming a package must not turn a dependency into something that stays for ever.
      expect((await stage.host.sh("apt-mark showauto")).stdout).toBe("libssl3\n");

      const bootId = await stage.host.bootId();
      const rebooted = await perform(connection, { do: "reboot", machine }, "run-1-reboot-1");
      expect(await stage.host.bootId()).not.toBe(bootId);
      expect(rebooted.downtimes).toEqual([{ machine, seconds: expect.any(Number) }]);
      await perform(connection, { do: "check-health", machine }, "run-1-health-1");

      const back = await perform(connection, { do: "revert-patches", machine, patches }, "run-1-back-1");
      expect(back.summary).toBe(`${patches.length} packages taken back`);
      expect(await stage.host.installed()).toEqual(before);
      expect(await stage.audit()).toBe("");
      expect(await pendingOn(connection)).toEqual(patches);
    });
  });

  describe("what was there before", () => {
    it("stays: local configuration, old troubles, and no package too many after the way back", async () => {
      await stage.host.patchDay({ debian: false, service: "grown" });
      await stage.host.sh("echo mine=1 >/etc/tuesday-lab-service.conf; systemd-run --unit=old-trouble false");
      const before = await stage.host.installed();
      const connection = stage.connect();
      const patches = await pendingOn(connection);
      expect(patches.map(({ name, from }) => [name, from])).toEqual([
        ["tuesday-lab-helper", ""],
        ["tuesday-lab-service", "1.0"],
      ]);

      const { leftUndone } = await perform(connection, { do: "patch", machine, patches }, "run-15-patch-1");
      expect(leftUndone).toContainEqual(expect.stringContaining("/etc/tuesday-lab-service.conf.dpkg-dist"));
      expect((await stage.host.sh("cat /etc/tuesday-lab-service.conf")).stdout).toBe("mine=1\n");
      expect((await stage.host.sh("apt-mark showauto")).stdout).toBe("tuesday-lab-helper\n");
      const health = await perform(connection, { do: "check-health", machine }, "run-15-health-1");
      expect(health.leftUndone).toEqual(["failed before already: old-trouble.service"]);

      await perform(connection, { do: "revert-patches", machine, patches }, "run-15-back-1");
      expect(await stage.host.installed()).toEqual(before);
    });
  });

  describe("an installation under way", () => {
    beforeEach(async () => stage.host.patchDay({ debian: false, service: "gated" }));

    it("survives the death of the client, is found by another one and runs once", async () => {
      const first = stage.connect();
      await pendingOn(first);
      const patch = operationOf(first, patchService);
      const { before } = await patch.look(patchService, live());
      await patch.start(patchService, "run-2-patch-1", before, live());
      await stage.host.atGate();
      await first.close();

      const second = operationOf(stage.connect(), patchService);
      const found = await second.probe(patchService, "run-2-patch-1", before, live());
      expect(found).toEqual({ state: "running", handle: "run-2-patch-1" });
      expect(await second.start(patchService, "run-2-patch-1", before, live())).toBe("run-2-patch-1");
      const other = await failureOf(second.start(patchService, "run-2-patch-2", before, live()));
      expect(other).toMatchObject({ code: "package-lock-held", retry: "later" });
      await stage.host.openGate();
      const outcome = await second.follow(patchService, "run-2-patch-1", before, watch());

      expect(outcome.changes).toEqual([{ name: service.name, from: "1.0", to: "1.1" }]);
      expect(await second.start(patchService, "run-2-patch-1", before, live())).toBe("run-2-patch-1");
      await second.follow(patchService, "run-2-patch-1", before, watch());
      expect(await stage.serviceVersion()).toBe("1.1");
      expect(await stage.transactions()).toBe("1");
    });

    it("is followed through a lost connection", async () => {
      const connection = stage.connect();
      await pendingOn(connection);
      const patch = operationOf(connection, patchService);
      const { before } = await patch.look(patchService, live());
      const handle = await patch.start(patchService, "run-3-patch-1", before, live());
      await stage.host.atGate();
      const following = patch.follow(patchService, handle, before, watch());

      // Ends every session on the host, ours and the lab's own.
      expect((await stage.host.sh("pkill -KILL -f '^sshd: root'")).code).toBe(255);
      await stage.host.openGate();

      expect((await following).summary).toBe("1 package upgraded");
      expect(await stage.serviceVersion()).toBe("1.1");
    });

    it("is not called done or undone after a power failure in its middle", async () => {
      const connection = stage.connect();
      await pendingOn(connection);
      const patch = operationOf(connection, patchService);
      const { before } = await patch.look(patchService, live());
      await patch.start(patchService, "run-4-patch-1", before, live());
      await stage.host.atGate();
      await stage.host.cutPower();
      stage.host.switchOn();
      await stage.host.up();

      const probe = await patch.probe(patchService, "run-4-patch-1", before, live());

      expect(probe).toMatchObject({ state: "unknown", why: expect.stringContaining("interrupted") });
    });
  });

  describe("bad patches", () => {
    it("finds a service that the patch broke, and healthy again after the way back", async () => {
      await stage.host.patchDay({ debian: false, service: "bad" });
      const connection = stage.connect({ healthChecks: [serviceActive] });
      const patches = await pendingOn(connection);
      await perform(connection, { do: "patch", machine, patches }, "run-9-patch-1");

      const failure = await failureOf(perform(connection, { do: "check-health", machine }, "run-9-health-1"));
      await perform(connection, { do: "revert-patches", machine, patches }, "run-9-back-1");
      const healthy = await perform(connection, { do: "check-health", machine }, "run-9-health-2");

      expect(failure).toMatchObject({ code: "unhealthy", retry: "now" });
      expect(failure.message).toContain("tuesday-lab-service.service failed");
      expect(healthy.summary).toBe("healthy: no new failed unit, 1 check passed");
    });

    it("names the health check that failed, with its last words", async () => {
      const check = {
        name: "disk quota",
        command: ["sh", "-c", "echo over; echo 'quota is gone' >&2; exit 4"],
        timeoutSeconds: 5,
      };
      const slow = { name: "slow", command: ["sleep", "60"], timeoutSeconds: 1 };
      const healthOf = (healthCheck: { name: string; command: string[]; timeoutSeconds: number }) =>
        failureOf(
          perform(
            stage.connect({
              healthChecks: [{ ...healthCheck, command: healthCheck.command as [string, ...string[]] }],
            }),
            { do: "check-health", machine },
            "run-10-health-1",
          ),
        );

      expect((await healthOf(check)).message).toBe(
        'deb1 is not healthy: check "disk quota" ended with 4: quota is gone.',
      );
      expect((await healthOf(slow)).message).toContain('check "slow" did not end within 1 s');
    });

    it("reports an installation that fails half-way, and takes it back", async () => {
      await stage.host.patchDay({ debian: false, service: "broken" });
      const connection = stage.connect();
      const patches = await pendingOn(connection);

      const failure = await failureOf(perform(connection, { do: "patch", machine, patches }, "run-11-patch-1"));
      expect(failure).toMatchObject({ code: "command-failed" });
      expect(failure.message).toContain("tuesday-lab-service is 1.1 (half-configured), expected 1.1");
      await perform(connection, { do: "revert-patches", machine, patches }, "run-11-back-1");

      expect(await stage.serviceVersion()).toBe("1.0");
      expect(await stage.audit()).toBe("");
    });

    it("reports a package file that is gone from the repository", async () => {
      await stage.host.patchDay({ debian: false, service: "lost" });
      const connection = stage.connect();
      const patches = await pendingOn(connection);

      const failure = await failureOf(perform(connection, { do: "patch", machine, patches }, "run-12-patch-1"));

      expect(failure).toMatchObject({ code: "command-failed", retry: "later" });
      expect(await stage.serviceVersion()).toBe("1.0");
    });

    it("says beforehand that there is no way back when the old version is gone", async () => {
      await stage.host.patchDay({ debian: false, oldVersions: false });
      const connection = stage.connect();

      const { pending } = await connection.survey(live());
      const act: ActOf<"revert-patches"> = { do: "revert-patches", machine, patches: pending.patches };
      await perform(connection, { ...act, do: "patch" }, "run-13-patch-1");
      await stage.host.sh("sed -i /lab.base/d /etc/apt/sources.list");
      const { blockers } = await operationOf(connection, act).look(act, live());

      expect(blockers).toMatchObject([{ message: expect.stringContaining("tuesday-lab-service 1.0") }]);
    });

    it("reboots only machines that need it", async () => {
      await stage.host.patchDay({ debian: false });
      const connection = stage.connect();

      const without = (await connection.survey(live())).pending.reboot;
      await stage.host.requireReboot("linux-image-cloud-amd64");
      const asked = (await connection.survey(live())).pending.reboot;

      expect(without).toEqual({ needed: false, why: "no pending package needs a reboot" });
      expect(asked).toMatchObject({ needed: true, why: expect.stringContaining("linux-image-cloud-amd64") });
    });
  });
});
