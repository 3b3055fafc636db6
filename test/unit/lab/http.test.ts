import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type RunningEstate, startEstate } from "../../../src/lab/index.ts";

let estate: RunningEstate;
beforeAll(async () => {
  estate = await startEstate({ rate: 6000 });
});
afterEach(() => {
  estate.world.clearFaults();
});
afterAll(() => estate.close());

async function call(method: string, path: string, body?: unknown) {
  const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
  const answer = await fetch(estate.url + path, init);
  return { status: answer.status, text: await answer.text() };
}

test.each([
  ["POST", "/tasks", { tag: "Run 1", act: { do: "reboot", machine: "web-1" } }, 400, "use lower-case letters"],
  ["POST", "/tasks", { tag: "run-1", act: { do: "explode" } }, 400, "act.do"],
  ["POST", "/tasks", { tag: "run-1", act: { do: "reboot", machine: "nobody" } }, 404, "Known: xen-1"],
  ["POST", "/faults", { kind: "busy" }, 400, "match"],
  ["GET", "/machines/nobody", undefined, 404, "no machine nobody"],
  ["GET", "/pools/nobody", undefined, 404, "Known: xen-pool, esx-cluster"],
  ["GET", "/tasks/task-99", undefined, 404, "no task task-99"],
  ["PUT", "/clock", undefined, 404, "There is no PUT /clock"],
])("refuses %s %s that makes no sense, and says what is wrong", async (method, path, body, status, words) => {
  const answer = await call(method, path, body);
  expect(answer.status).toBe(status);
  expect(answer.text).toContain(words);
});

test("the log tells what became of an act, one JSON value per line", async () => {
  await call("POST", "/tasks", { tag: "run-2", act: { do: "snapshot", pool: "xen-pool", vm: "web-1", name: "s" } });
  await expect.poll(async () => (await call("GET", "/tasks?tag=run-2")).text).toContain('"state":"done"');

  const lines = (await call("GET", "/log")).text.trimEnd().split("\n");

  const mine = lines.map((line) => JSON.parse(line)).filter(({ tag }) => tag === "run-2");
  expect(mine.map(({ event }) => event)).toEqual(["begun", "changed", "done"]);
});

test("a pool does not answer while the machine that manages it is down", async () => {
  await call("POST", "/faults", { kind: "never-back", match: { machine: "vcenter-1" } });
  await call("POST", "/tasks", { tag: "run-3", act: { do: "reboot", machine: "vcenter-1" } });

  const answer = await call("GET", "/pools/esx-cluster");

  expect(answer).toMatchObject({ status: 503, text: expect.stringContaining("vcenter-1, which manages it, is down") });
  expect((await call("GET", "/pools/xen-pool")).status).toBe(200);
});

test("a request that is reset or refused begins nothing; one whose reply is lost has begun", async () => {
  const act = { do: "check-health", machine: "web-2" };
  const counts = [];
  for (const kind of ["http-503", "reset", "reply-lost"]) {
    await call("POST", "/faults", { kind, match: { do: "check-health" } });
    await call("POST", "/tasks", { tag: `try-${kind}`, act }).catch(() => null);
    counts.push(JSON.parse((await call("GET", `/tasks?tag=try-${kind}`)).text).tasks.length);
  }
  expect(counts).toEqual([0, 0, 1]);
});
