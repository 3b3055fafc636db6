import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { WorkspaceMessage } from "../../src/workspace/index.ts";
import { heard, inThread, patch, planned, press, told, words } from "../support/conversation.ts";
import { adam, channel, type Installation, install, olga, rita, sam } from "../support/installation.ts";

describe("a whole conversation about the simulated cluster-a", () => {
  let tuesday: Installation;
  let card: WorkspaceMessage;

  beforeAll(async () => {
    tuesday = await install();
  });
  afterAll(() => tuesday.close());

  test("the plan card says what, who goes first and why, who is down, and how to get back", async () => {
    card = await planned(tuesday, rita, "cluster-a");

    const text = words(card);
    expect(text).toContain("Simulated estate");
    expect(text).toContain("vCenter (vcenter-1) before the ESXi hosts of esx-cluster _[R2, vendor]_");
    expect(text).toContain("xen-1 is the pool master of xen-pool");
    expect(text).toMatch(/render-1 \| \+.* \| 15 min \| goes down with xen-3: a GPU/);
    expect(text).toContain("No downtime:");
    expect(text).toMatch(/xen-1, xen-2, xen-3.*no automatic way back/);
    expect(text).toContain(`<@${rita}>`);
    expect(text).toContain("files-1 (nothing pending)");
  });

  test("every patch with its versions, every reason with its source is in the thread", async () => {
    const detail = await inThread(tuesday, card.ts, "xen-hypervisor");

    expect(words(detail)).toMatch(/`xen-hypervisor` \S+ → \S+ \(security\)/);
    expect(await inThread(tuesday, card.ts, "xcp-ng/xcp-ng-org:docs/management/updates.md")).toBeTruthy();
  });

  test("refuses a stranger's approval and tells only the stranger", async () => {
    await press(tuesday, sam, card, "run:approve");

    expect(words(await told(tuesday, sam, "Only members of approvers"))).toContain("ask somebody in approvers");
  });

  test("refuses to let the requester approve, even one who is an approver", async () => {
    await patch(tuesday, adam, "cluster-a");
    const own = await heard(tuesday, new RegExp(`Asked for by\\*?\\n?<@${adam}>`));

    await press(tuesday, adam, own, "run:approve");

    expect(words(await told(tuesday, adam, "You asked for this run"))).toContain("ask another approver");
    card = own;
  });

  test("the older plan gave way to the newer one and has no buttons left", async () => {
    const old = await heard(tuesday, "asked for a newer plan");

    expect(words(old)).not.toContain("[Approve]");
  });

  test("an approval starts the run, and every VM that goes down is announced with its owner and minutes", async () => {
    await press(tuesday, olga, card, "run:approve");
    const run = await heard(tuesday, "Patching cluster-a");

    const warning = await inThread(tuesday, run.ts, "*db-1* goes down", 60_000);

    expect(words(warning)).toMatch(/\*db-1\* goes down in 2 min at the earliest, for about 40 s \(owner <@U0OLGA>\)/);
  });

  test("it ends with a summary: versions, downtime predicted and measured, switches back", async () => {
    const summary = await heard(tuesday, "Downtime, predicted and measured", 120_000);
    const run = await heard(tuesday, "83 of 83 steps");

    expect(words(summary)).toMatch(/\*dc-1, dc-2\*: `KB5063880` \S+ → \S+/);
    expect(words(summary)).toMatch(/\*db-1\*: about 40 s predicted, \d+ (s|min) measured/);
    expect(words(summary)).toContain("12 of 12 switches are back as they were");
    expect(words(run)).not.toContain("[Abort]");
  });

  test("the world agrees: everything is patched, every switch is on, nobody is down, no act was done twice", async () => {
    const state = tuesday.estate.world.state();
    const begun = tuesday.estate.world.log().filter((entry) => entry.event === "begun");

    expect(
      [...Object.values(state.hosts), ...Object.values(state.vms)].filter((machine) => machine.patches.length > 0),
    ).toEqual([]);
    expect(Object.values(state.vms).filter((vm) => vm.power === "off")).toEqual([]);
    expect(Object.values(state.hosts).filter((host) => host.maintenance)).toEqual([]);
    expect(
      Object.values(state.pools)
        .flatMap((pool) => pool.switches)
        .filter((one) => !one.on),
    ).toEqual([]);
    expect(new Set(begun.map((entry) => entry.tag)).size).toBe(begun.length);
    expect(begun).toHaveLength(83);
  });

  test("asking again finds nothing to do and says so", async () => {
    await patch(tuesday, rita, "cluster-a");

    expect(words(await heard(tuesday, "No plan for cluster-a"))).toContain("Nothing is pending in cluster-a");
  });

  test("a button of the ended run answers with what happened", async () => {
    const stale = await tuesday.workspace.control.click({
      user: adam,
      channel,
      ts: card.ts,
      actionId: "run:approve",
      confirm: true,
      stale: 1,
    });

    expect(stale.ok).toBe(true);
    expect(words(await told(tuesday, adam, "has ended (done)"))).toContain("ask for a new plan");
  });
});
