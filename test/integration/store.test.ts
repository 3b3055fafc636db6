import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import type { JournalLine, Run } from "../../src/domain/run.ts";
import type { Store, Stored } from "../../src/run/ports.ts";
import { keysFor } from "../../src/run/redis/keys.ts";
import { redisPosted } from "../../src/run/redis/posted.ts";
import { redisStore } from "../../src/run/redis/store.ts";
import { fakeStore } from "../support/fake-store.ts";
import { asked, plan, runIn, t0, withHead, withRecord } from "../support/run-builders.ts";
import { startTempRedis, type TempRedis } from "../support/temp-redis.ts";

let server: TempRedis;
let prefixes = 0;
beforeAll(async () => {
  server = await startTempRedis();
});
afterAll(async () => {
  await server.close();
});

/** A connection and a prefix of its own, so that tests cannot see each other. */
function place() {
  prefixes += 1;
  const redis = server.connect();
  onTestFinished(() => redis.disconnect());
  return { redis, prefix: `t${prefixes}` };
}

const line = (text: string, show: JournalLine["show"] = "thread"): JournalLine => ({
  at: t0,
  kind: "test",
  by: "tuesday",
  text,
  show,
});
const named = (id: string, more: Partial<Run["head"]> = {}): Run => withHead(asked, { id, ...more });

async function loaded(store: Store, id: string): Promise<Stored> {
  const stored = await store.load(id);
  if (!stored) throw new Error(`there is no run ${id}`);
  return stored;
}

async function made(store: Store, run: Run): Promise<Stored> {
  await store.create(run, []);
  return loaded(store, run.head.id);
}

const texts = async (store: Store, id: string) => (await store.journal(id, "")).map((entry) => entry.line.text);

describe.each<[string, () => Store]>([
  [
    "the store on Redis",
    () => {
      const { redis, prefix } = place();
      return redisStore(redis, prefix);
    },
  ],
  ["the store in memory", fakeStore],
])("%s", (_name, open) => {
  let store: Store;
  beforeEach(() => {
    store = open();
  });

  test("gives a run back as it was stored, and null for one that nobody stored", async () => {
    const run = runIn("asking");

    expect((await made(store, run)).run).toEqual(run);
    expect(await store.load("nobody")).toBeNull();
  });

  test("creating a run twice leaves the first one and its lines alone", async () => {
    await store.create(named("r1"), [line("first")]);
    await store.create(named("r1", { requestedBy: "U0SAM" }), [line("second")]);

    expect((await loaded(store, "r1")).run.head.requestedBy).toBe(asked.head.requestedBy);
    expect(await texts(store, "r1")).toEqual(["first"]);
  });

  test("refuses a write that was read at an older version, and writes nothing of it", async () => {
    const stale = await made(store, named("r1"));
    expect(await store.commit(stale, withHead(stale.run, { note: "one" }), [line("one")], {})).toBe("ok");

    const late = withHead(stale.run, { note: "two", state: "aborted" });
    expect(await store.commit(stale, late, [line("two")], { takeCluster: true })).toBe("conflict");

    expect((await loaded(store, "r1")).run.head.note).toBe("one");
    expect(await texts(store, "r1")).toEqual(["one"]);
    expect(await store.ownerOf("small")).toBeNull();
    expect(await store.openRuns()).toEqual(["r1"]);
  });

  test("of many writers at once exactly one is taken", async () => {
    const seen = await made(store, named("r1"));

    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        store.commit(seen, withHead(seen.run, { note: `${i}` }), [line(`${i}`)], {}),
      ),
    );

    expect(answers.filter((one) => one === "ok")).toHaveLength(1);
    expect(answers.filter((one) => one === "conflict")).toHaveLength(19);
    expect(await texts(store, "r1")).toEqual([(await loaded(store, "r1")).run.head.note]);
  });

  test("refuses the write of a worker that has been replaced, even at the right version", async () => {
    const old = await made(store, named("r1", { epoch: 4 }));
    await store.commit(old, withHead(old.run, { epoch: 5 }), [], {});
    const now = await loaded(store, "r1");

    expect(await store.commit(now, withHead(now.run, { note: "x" }), [line("x")], { epoch: 4 })).toBe("fenced");
    expect(await loaded(store, "r1")).toEqual(now);
    expect(await texts(store, "r1")).toEqual([]);
    expect(await store.commit(now, withHead(now.run, { note: "x" }), [], { epoch: 5 })).toBe("ok");
  });

  test("refuses the cluster to a second run, without a trace, until the first one has ended", async () => {
    const first = await made(store, named("r1"));
    const second = await made(store, named("r2"));
    const take = { takeCluster: true };
    expect(await store.commit(first, withHead(first.run, { state: "running" }), [], take)).toBe("ok");

    const wanted = withHead(second.run, { state: "running" });
    expect(await store.commit(second, wanted, [line("started")], take)).toBe("busy");

    expect(await loaded(store, "r2")).toEqual(second);
    expect(await texts(store, "r2")).toEqual([]);
    expect(await store.ownerOf("small")).toBe("r1");
    const running = await loaded(store, "r1");
    expect(await store.commit(running, withHead(running.run, { state: "done" }), [], {})).toBe("ok");
    expect(await store.ownerOf("small")).toBeNull();
    expect(await store.commit(second, wanted, [], take)).toBe("ok");
    expect(await store.ownerOf("small")).toBe("r2");
  });

  test("taking the cluster twice by the same run is one lock", async () => {
    const first = await made(store, named("r1"));
    await store.commit(first, first.run, [], { takeCluster: true });

    expect(await store.commit(await loaded(store, "r1"), first.run, [], { takeCluster: true })).toBe("ok");
    expect(await store.ownerOf("small")).toBe("r1");
  });

  test("the end of a run frees only its own cluster", async () => {
    const holder = await made(store, named("r1"));
    const other = await made(store, named("r2"));
    await store.commit(holder, withHead(holder.run, { state: "running" }), [], { takeCluster: true });

    await store.commit(other, withHead(other.run, { state: "aborted" }), [], {});

    expect(await store.ownerOf("small")).toBe("r1");
    expect(await store.openRuns()).toEqual(["r1"]);
  });

  test("runs of different clusters do not wait for each other", async () => {
    const one = await made(store, named("r1"));
    const two = await made(store, named("r2", { cluster: "large" }));

    expect(await store.commit(one, one.run, [], { takeCluster: true })).toBe("ok");
    expect(await store.commit(two, two.run, [], { takeCluster: true })).toBe("ok");
    expect([await store.ownerOf("small"), await store.ownerOf("large")]).toEqual(["r1", "r2"]);
  });

  test("an ended run stays readable and is no longer open", async () => {
    const first = await made(store, named("r1"));
    await store.commit(first, withHead(first.run, { state: "expired" }), [line("over")], {});

    expect(await store.openRuns()).toEqual([]);
    expect((await loaded(store, "r1")).run.head.state).toBe("expired");
    expect(await store.recentRuns(10)).toEqual(["r1"]);
  });

  test("the newest runs come first, as many as are asked for", async () => {
    for (const [id, requestedAt] of [
      ["r1", 1],
      ["r3", 3],
      ["r2", 2],
    ] as const)
      await store.create(named(id, { requestedAt }), []);

    expect(await store.recentRuns(2)).toEqual(["r3", "r2"]);
  });

  test("the journal goes on after the line that was read last", async () => {
    const first = await made(store, named("r1"));
    await store.commit(first, first.run, [line("one"), line("two")], {});
    const [one] = await store.journal("r1", "");
    await store.commit(await loaded(store, "r1"), first.run, [line("three", "broadcast")], {});

    const rest = await store.journal("r1", one?.id ?? "");

    expect(rest.map((entry) => entry.line)).toEqual([line("two"), line("three", "broadcast")]);
    expect(await store.journal("r1", rest.at(-1)?.id ?? "")).toEqual([]);
  });

  test("a plan is kept by its digest", async () => {
    await store.savePlan(plan);

    expect(await store.loadPlan(plan.digest)).toEqual(plan);
    expect(await store.loadPlan("0".repeat(64))).toBeNull();
  });

  test("names and texts of any kind survive", async () => {
    const note = "“quote” <@U1> 💥 \u0000 \n ' \" \\ {tuesday}";
    const first = await made(store, named("r1"));

    await store.commit(first, withHead(first.run, { note }), [line(note)], {});

    expect((await loaded(store, "r1")).run.head.note).toBe(note);
    expect(await texts(store, "r1")).toEqual([note]);
  });
});

describe("on Redis", () => {
  test("only what changed is written", async () => {
    const { redis, prefix } = place();
    const store = redisStore(redis, prefix);
    const run = runIn("running");
    const seen = await made(store, run);
    const key = keysFor(prefix).run("r1");
    await redis.hset(key, "step:s001", JSON.stringify({ state: "skipped", attempt: 9 }));

    await store.commit(seen, withRecord(seen.run, "s002", { state: "failed" }), [], {});

    const { steps } = (await loaded(store, "r1")).run;
    expect(steps.s001).toEqual({ state: "skipped", attempt: 9 });
    expect(steps.s002?.state).toBe("failed");
  });

  test("every line is in the audit stream as well, with its run, and none of a refused write", async () => {
    const { redis, prefix } = place();
    const store = redisStore(redis, prefix);
    await store.create(named("r1"), [line("asked")]);
    const seen = await loaded(store, "r1");
    await store.commit(seen, seen.run, [line("one")], {});
    await store.commit(seen, seen.run, [line("two")], {});

    const entries = await redis.xrange(keysFor(prefix).audit, "-", "+");

    const audit = entries.map(([, fields]) => [fields[1], (JSON.parse(fields[3] ?? "") as JournalLine).text]);
    expect(audit).toEqual([
      ["r1", "asked"],
      ["r1", "one"],
    ]);
  });

  test("the lock of a cluster never expires", async () => {
    const { redis, prefix } = place();
    const store = redisStore(redis, prefix);
    const seen = await made(store, named("r1"));

    await store.commit(seen, seen.run, [], { takeCluster: true });

    expect(await redis.ttl(keysFor(prefix).owner("small"))).toBe(-1);
    expect(await redis.ttl(keysFor(prefix).run("r1"))).toBe(-1);
  });

  test.each([
    ["head", "{"],
    ["head", JSON.stringify({ format: 2 })],
    ["step:s001", JSON.stringify({ state: "perhaps" })],
    ["ledger:00000", "null"],
    ["version", "many"],
  ])("fails closed when the stored field %s is %s", async (field, value) => {
    const { redis, prefix } = place();
    const store = redisStore(redis, prefix);
    await store.create(runIn("running"), []);
    await redis.hset(keysFor(prefix).run("r1"), field, value);

    await expect(store.load("r1")).rejects.toThrow();
  });

  test("fails closed when the head of a run is gone", async () => {
    const { redis, prefix } = place();
    const store = redisStore(redis, prefix);
    await store.create(runIn("running"), []);
    await redis.hdel(keysFor(prefix).run("r1"), "head");

    await expect(store.load("r1")).rejects.toThrow();
  });

  test("fails closed when a stored plan is not what we wrote", async () => {
    const { redis, prefix } = place();
    const store = redisStore(redis, prefix);
    await redis.set(keysFor(prefix).plan("abc"), JSON.stringify({ ...plan, steps: "none" }));

    await expect(store.loadPlan("abc")).rejects.toThrow();
  });

  test("a plan of an older format is no plan: those who ask say so", async () => {
    const { redis, prefix } = place();
    const store = redisStore(redis, prefix);
    const { schedule: _schedule, edges: _edges, ...old } = plan;
    await redis.set(keysFor(prefix).plan("abc"), JSON.stringify({ ...old, format: 1 }));

    expect(await store.loadPlan("abc")).toBeNull();
  });

  test("more than ten ledger entries keep their order", async () => {
    const { redis, prefix } = place();
    const store = redisStore(redis, prefix);
    const [entry] = runIn("running").ledger;
    if (!entry) throw new Error("no entry");
    const ledger = Array.from({ length: 120 }, (_, i) => ({ ...entry, id: `l-${i}` }));

    await store.create({ ...runIn("running"), ledger }, []);

    expect((await loaded(store, "r1")).run.ledger.map(({ id }) => id)).toEqual(ledger.map(({ id }) => id));
  });

  test("all keys of a run carry one hash tag, so that a cluster keeps them on one node", () => {
    const keys = keysFor("t");

    for (const key of [
      keys.run("r"),
      keys.log("r"),
      keys.open,
      keys.runs,
      keys.owner("c"),
      keys.audit,
      keys.posted("r"),
    ])
      expect(key.startsWith("{t}:")).toBe(true);
  });

  test("what was posted is remembered by run and key, with the cursor beside it", async () => {
    const { redis, prefix } = place();
    const posted = redisPosted(redis, prefix);
    const ref = { channel: "C0PATCHING", ts: "1.2", hash: "abc" };

    await posted.set("r1", "plan", "posting");
    await posted.set("r1", "prompt:p-s004-1", ref);
    await posted.setCursor("r1", { id: "1-0", at: 7 });

    expect(await posted.get("r1", "plan")).toBe("posting");
    expect(await posted.get("r1", "prompt:p-s004-1")).toEqual(ref);
    expect(await posted.get("r2", "plan")).toBeNull();
    expect([...(await posted.keys("r1"))].sort()).toEqual(["plan", "prompt:p-s004-1"]);
    expect(await posted.cursor("r1")).toEqual({ id: "1-0", at: 7 });
    expect(await posted.cursor("r2")).toEqual({ id: "", at: 0 });
  });
});
