import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from "vitest";
import type { ActOf, Patch } from "../../../src/domain/act.ts";
import type { PatcherConnection } from "../../../src/drivers/patcher/types.ts";
import { type AptOptions, aptOn } from "./drive.ts";
import { debianLab, type Lab, type LabHost, servicePackage, startLab, tracesOnMachine } from "./index.ts";

export const machine = "deb1";

/** The one package that is always pending, whatever Debian's pockets hold today. */
export const service: Patch = {
  name: servicePackage.name,
  from: servicePackage.old,
  to: servicePackage.new,
  kind: "unknown",
  source: "Tuesday-Lab:lab",
  oldAvailable: true,
};
export const patchService: ActOf<"patch"> = { do: "patch", machine, patches: [service] };

export const serviceActive = {
  name: "lab service answers",
  command: ["systemctl", "is-active", servicePackage.name] as [string, ...string[]],
  timeoutSeconds: 10,
};

export interface AptStage {
  readonly host: LabHost;
  /** A new connection of the driver; closed after the test. */
  connect(options?: AptOptions): PatcherConnection;
  // Read by an ssh client of the lab's own, never by the driver:
  serviceVersion(): Promise<string | undefined>;
  audit(): Promise<string>;
  /** How many transactions apt has logged. */
  transactions(): Promise<string>;
}

/** One real host for a file of tests, new for each of them; skipped by name, with the reason, where there can be none. */
export function onRealHost(title: string, tests: (stage: AptStage) => void): void {
  const reason = debianLab.missing();
  describe.skipIf(reason !== null)(reason === null ? title : `${title} [skipped: ${reason}]`, () => {
    let lab: Lab | undefined;
    const connections: PatcherConnection[] = [];
    const stage: AptStage = {
      get host() {
        const first = lab?.hosts[0];
        if (first === undefined) throw new Error("the lab has not started");
        return first;
      },
      connect: (options) => {
        const connection = aptOn(stage.host, options);
        connections.push(connection);
        return connection;
      },
      serviceVersion: async () => (await stage.host.installed()).get(servicePackage.name),
      audit: async () => (await stage.host.sh("dpkg --audit")).stdout,
      transactions: async () => (await stage.host.sh("grep -c ^Start-Date /var/log/apt/history.log")).stdout.trim(),
    };
    beforeAll(async () => {
      lab = await startLab({ hosts: [machine] });
    });
    afterAll(async () => {
      await lab?.close();
      expect(await tracesOnMachine()).toBe("");
    });
    beforeEach(async () => stage.host.reset());
    afterEach(async () => {
      for (const connection of connections.splice(0)) await connection.close();
    });
    tests(stage);
  });
}
