import { expect, test } from "vitest";
import { Calendar } from "../../../src/domain/calendar.ts";
import { advance } from "../../../src/run/advance.ts";
import { approve, requestPlan } from "../../../src/run/control.ts";
import type { Crew } from "../../../src/run/crew.ts";
import { fakeClock, fakeDesk, stored } from "../../support/fake-desk.ts";
import { crewOf } from "../../support/fake-play.ts";
import { fakeStore } from "../../support/fake-store.ts";
import { fakeCluster, fakeWorld } from "../../support/fake-world.ts";
import { adam, rita, t0 } from "../../support/run-builders.ts";

const minute = 60_000;
const everyDay = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/** A plan asked for at t0 (20:00), approved some minutes later, by a crew that reads facts of that moment. */
async function approvedAfter(minutes: number) {
  // The plan takes less than a minute of our clock: the window of 20:00 to 20:15 has room for a while.
  const calendar = Calendar.parse({ timeZone: "UTC", windows: [{ days: everyDay, start: "20:00", hours: 0.25 }] });
  const cluster = { ...fakeCluster, policy: { ...fakeCluster.policy, calendar } };
  const [world, store, clock] = [fakeWorld(), fakeStore(), fakeClock(t0)];
  const desk = fakeDesk(store, { small: cluster }, clock);
  const crew: Crew = crewOf({ world, store, desk, problems: [] }, (_point, work) => work());
  const now: Crew = {
    ...crew,
    drivers: {
      ...crew.drivers,
      gather: async (...asked) => ({
        ...(await crew.drivers.gather(...asked)),
        readAt: new Date(clock.now()).toISOString(),
      }),
    },
  };
  await requestPlan(desk, { cluster: "small", user: rita, channel: "C0PATCHING" });
  const [id = ""] = await store.openRuns();
  await advance(now, id, new AbortController().signal);
  const { head } = await stored(store, id);
  clock.set(t0 + minutes * minute);
  await approve(desk, { run: id, user: adam, digest: head.digest ?? "" });
  await advance(now, id, new AbortController().signal);
  return (await stored(store, id)).head;
}

test("an approval within the window of the plan starts it", async () => {
  const head = await approvedAfter(1);

  expect(head.state).not.toBe("superseded");
  expect(head.startedAt).not.toBeNull();
});

test("refuses to start a plan whose window has passed while it waited; a plan with later windows follows", async () => {
  const head = await approvedAfter(20);

  expect(head.state).toBe("superseded");
  expect(head.note).toContain("what is left of its windows is too short by now");
});
