import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { Inventory } from "../../../../src/domain/inventory.ts";
import { aptPatcher } from "../../../../src/drivers/patcher/apt/index.ts";
import { sshTransport } from "../../../../src/drivers/transport/ssh.ts";

describe("docs/examples/real-hosts.yaml", () => {
  it("is an inventory whose settings the drivers accept", () => {
    const text = readFileSync(new URL("../../../../docs/examples/real-hosts.yaml", import.meta.url), "utf8");

    const { clusters } = Inventory.parse(parse(text));
    const hosts = Object.values(clusters).flatMap((cluster) => Object.values(cluster.hosts));

    expect(hosts).toHaveLength(2);
    for (const host of hosts) {
      expect(aptPatcher.configSchema.parse(host.patcher)).toMatchObject({ sudo: false });
      expect(sshTransport.configSchema.parse(host.transport)).toMatchObject({ user: "root", port: 22 });
    }
  });
});
