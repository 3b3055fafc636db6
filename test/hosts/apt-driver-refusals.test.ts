import { expect, it } from "vitest";
import type { ActOf } from "../../src/domain/act.ts";
import { machine, onRealHost, patchService, service, serviceActive } from "../support/debian-lab/apt-stage.ts";
import { failureOf, live, operationOf, pendingOn, perform, watch } from "../support/debian-lab/drive.ts";

onRealHost("apt driver on a real Debian host refuses and fails closed", (stage) => {
  it("executes nothing on a machine with another host key", async () => {
    const logins = async () => Number((await stage.host.sh("journalctl -u ssh -o cat | grep -c Accepted")).stdout);
    const other = stage.host.hostKey.replace(/.{8}$/, "AAAAAAAA");
    const before = await logins();

    const failure = await failureOf(stage.connect({ ssh: { hostKey: other } }).survey(live()));

    expect(failure).toMatchObject({ code: "host-key-mismatch", retry: "never" });
    expect(failure.message).toMatch(/^deb1: .*Expected SHA256:.*, offered SHA256:/);
    // The one login since is the lab's own question.
    expect(await logins()).toBe(before + 1);
  });

  it("changes nothing while another program holds apt's lock", async () => {
    await stage.host.patchDay({ debian: false });
    const connection = stage.connect();
    await pendingOn(connection);
    const release = await stage.host.holdAptLock();
    const patch = operationOf(connection, patchService);

    const facts = await connection.survey(live());
    const { blockers } = await patch.look(patchService, live());
    const failure = await failureOf(patch.start(patchService, "run-5-patch-1", {}, live()));

    expect(facts.busyWith).toEqual([expect.stringMatching(/^perl \(process \d+\) holds .*lock-frontend$/)]);
    expect(blockers).toMatchObject([{ reason: "blocked", where: machine }]);
    expect(failure).toMatchObject({ code: "package-lock-held", retry: "later" });
    expect(await stage.serviceVersion()).toBe("1.0");
    await release();
    expect((await patch.look(patchService, live())).blockers).toEqual([]);
  });

  it("reports a full disk with figures and leaves dpkg clean", async () => {
    await stage.host.patchDay();
    const connection = stage.connect();
    const patches = await pendingOn(connection);
    const before = await stage.host.installed();
    const act: ActOf<"patch"> = { do: "patch", machine, patches };
    const patch = operationOf(connection, act);
    await stage.host.fillDisk(6);

    const { blockers } = await patch.look(act, live());
    const handle = await patch.start(act, "run-6-patch-1", {}, live());
    const failure = await failureOf(patch.follow(act, handle, {}, watch()));

    expect(blockers).toMatchObject([
      { reason: "blocked", message: expect.stringMatching(/\d+ MiB .*\d MiB are free/) },
    ]);
    expect(failure).toMatchObject({ code: "disk-full", retry: "later" });
    expect(failure.message).toMatch(/\d+ MiB .*\d MiB are free/);
    expect(await stage.host.installed()).toEqual(before);
    expect(await stage.audit()).toBe("");
  });

  it("does not begin when more or other packages are pending than approved", async () => {
    await stage.host.patchDay({ debian: false });
    const connection = stage.connect();
    await pendingOn(connection);
    const other: ActOf<"patch"> = { ...patchService, patches: [{ ...service, to: "1.0.5" }] };
    const nothing: ActOf<"patch"> = { ...patchService, patches: [] };
    const look = (act: typeof other) => operationOf(connection, act).look(act, live());

    expect((await look(other)).blockers).toMatchObject([{ reason: "facts-changed" }]);
    expect((await look(nothing)).blockers).toMatchObject([
      { reason: "facts-changed", message: expect.stringContaining("new: tuesday-lab-service 1.0 -> 1.1") },
    ]);
    const failure = await failureOf(operationOf(connection, other).start(other, "run-14-patch-1", {}, live()));
    expect(failure).toMatchObject({ code: "version-gone", retry: "never" });
    expect(await stage.serviceVersion()).toBe("1.0");
  });

  it("gives up on a machine that does not answer, in bounded time", async () => {
    const open = stage.connect();
    await pendingOn(open);
    await stage.host.linkDown();
    const begun = performance.now();

    const failures = await Promise.all([failureOf(stage.connect().survey(live())), failureOf(open.survey(live()))]);

    expect(failures).toMatchObject([
      { code: "unreachable", retry: "later" },
      { code: "unreachable", retry: "later" },
    ]);
    expect(performance.now() - begun).toBeLessThan(45_000);
  });

  it("says when a machine is not back from its reboot", async () => {
    await stage.host.rebootDelay(Number.POSITIVE_INFINITY);

    const failure = await failureOf(
      perform(stage.connect({ apt: { rebootTimeoutSeconds: 3 } }), { do: "reboot", machine }, "run-7-reboot-1"),
    );

    expect(failure).toMatchObject({ code: "not-back", retry: "never" });
  });

  it("needs root, or sudo without a password", async () => {
    await stage.host.sh(
      "useradd -m patcher && cp -r /root/.ssh /home/patcher/ && chown -R patcher /home/patcher/.ssh && echo 'patcher ALL=(root) NOPASSWD: ALL' >/etc/sudoers.d/patcher",
    );
    await stage.host.patchDay({ debian: false });
    const ssh = { user: "patcher" };

    const failure = await failureOf(stage.connect({ ssh }).survey(live()));
    const connection = stage.connect({ ssh, apt: { sudo: true }, healthChecks: [serviceActive] });
    const patches = await pendingOn(connection);
    await perform(connection, { do: "patch", machine, patches }, "run-8-patch-1");
    await perform(connection, { do: "check-health", machine }, "run-8-health-1");

    expect(failure).toMatchObject({ code: "authentication", retry: "never" });
    expect(await stage.serviceVersion()).toBe("1.1");
  });
});
