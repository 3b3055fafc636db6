import { afterEach, describe, expect, test } from "vitest";
import { type Act, type ActKind, ActOutcome } from "../../src/domain/act.ts";
import { PatchError } from "../../src/domain/errors.ts";
import { PoolFacts } from "../../src/domain/facts.ts";
import type { HypervisorConnection } from "../../src/drivers/hypervisor/types.ts";
import type { Operation, Operations } from "../../src/drivers/operation.ts";

export interface ContractCase {
  readonly act: Act;
  /** Acts that bring the world where this act makes sense; done by the same connection. */
  readonly prepare?: readonly Act[];
  /** Does the look find something in the way once the act is done? Acts on events do, acts on states need not. */
  readonly doneTwice: "blocked" | "free";
}

/** A fresh world for one test. */
export interface HypervisorStage {
  /** A new connection, as another process would have. */
  connect(): HypervisorConnection;
  /** One per act the driver declares. */
  readonly cases: readonly ContractCase[];
  /** From now on the world does not answer. */
  cutOff(): Promise<void>;
  close(): Promise<void>;
}

/** What every hypervisor driver keeps, whatever it drives. */
export function hypervisorContract(
  name: string,
  kinds: readonly ActKind[],
  setup: () => Promise<HypervisorStage>,
): void {
  const open: HypervisorStage[] = [];
  const stage = async () => {
    const fresh = await setup();
    open.push(fresh);
    return fresh;
  };
  afterEach(async () => {
    for (const each of open.splice(0)) await each.close();
  });

  describe(`hypervisor driver: ${name}`, () => {
    test("discovers facts that are well-formed", async () => {
      const { connect } = await stage();
      const facts = await connect().discover(live());
      expect(PoolFacts.parse(facts)).toEqual(facts);
    });

    test("has a contract case for every act it declares", async () => {
      const { connect, cases } = await stage();
      const declared = Object.keys(connect().operations).sort();
      expect(declared).toEqual([...kinds].sort());
      expect(cases.map(({ act }) => act.do).sort()).toEqual(declared);
    });

    describe.each(kinds)("%s", (kind) => {
      test("changes nothing by looking and probing", async () => {
        const { connect, cases } = await stage();
        const { act, prepare } = caseOf(cases, kind);
        const connection = connect();
        await performAll(connection.operations, prepare);
        const operation = operationOf(connection.operations, act.do);
        const before = await connection.discover(live());

        const looked = await operation.look(act, live());
        const probed = await operation.probe(act, "run-1-step-1-1", looked.before, live());

        expect(looked.blockers).toEqual([]);
        expect(probed).toEqual({ state: "absent" });
        expect(await connection.discover(live())).toEqual(before);
      });

      test("is begun, found by its tag, followed and seen in the facts", async () => {
        const { connect, cases } = await stage();
        const { act, prepare, doneTwice } = caseOf(cases, kind);
        const { operations } = connect();
        await performAll(operations, prepare);
        const operation = operationOf(operations, act.do);
        const { before } = await operation.look(act, live());

        const handle = await operation.start(act, "run-1-step-1-1", before, live());
        const found = await operation.probe(act, "run-1-step-1-1", before, live());
        const outcome = await operation.follow(act, handle, before, watch());

        expect(found).toMatchObject({ state: expect.stringMatching(/running|finished/), handle });
        expect(ActOutcome.parse(outcome).summary).not.toBe("");
        expect(await operation.probe(act, "run-1-step-1-1", before, live())).toEqual({ state: "finished", handle });
        const again = await operation.look(act, live());
        expect(again.blockers.length > 0 ? "blocked" : "free").toBe(doneTwice);
      });

      test("goes on when the caller stops waiting, and is adopted by another process", async () => {
        const { connect, cases } = await stage();
        const { act, prepare } = caseOf(cases, kind);
        const first = connect();
        await performAll(first.operations, prepare);
        const operation = operationOf(first.operations, act.do);
        const { before } = await operation.look(act, live());
        await operation.start(act, "run-1-step-1-1", before, live());
        const found = await operation.probe(act, "run-1-step-1-1", before, live());
        const handle = found.state === "running" || found.state === "finished" ? found.handle : "";

        const waiting = operation.follow(act, handle, before, { signal: AbortSignal.abort(), progress: () => {} });
        await expect(waiting).rejects.toMatchObject({ name: "PatchError", code: "cancelled" });
        await first.close();

        const second = operationOf(connect().operations, act.do);
        const outcome = await second.follow(act, handle, before, watch());
        expect(outcome.summary).not.toBe("");
      });

      test("refuses to begin when the caller was stopped before", async () => {
        const { connect, cases } = await stage();
        const { act, prepare } = caseOf(cases, kind);
        const { operations } = connect();
        await performAll(operations, prepare);
        const operation = operationOf(operations, act.do);

        const start = operation.start(act, "run-1-step-1-1", {}, AbortSignal.abort());

        await expect(start).rejects.toMatchObject({ name: "PatchError", code: "cancelled" });
        expect(await operation.probe(act, "run-1-step-1-1", {}, live())).toEqual({ state: "absent" });
      });

      test("fails closed when the world does not answer", async () => {
        const { connect, cases, cutOff } = await stage();
        const { act, prepare } = caseOf(cases, kind);
        const { operations } = connect();
        await performAll(operations, prepare);
        const operation = operationOf(operations, act.do);
        await cutOff();

        await unreachable(operation.look(act, live()));
        await unreachable(operation.probe(act, "run-1-step-1-1", {}, live()));
        await unreachable(operation.start(act, "run-1-step-1-1", {}, live()));
      });
    });

    test("fails closed when the world does not answer the discovery", async () => {
      const { connect, cutOff } = await stage();
      const connection = connect();
      await cutOff();
      await unreachable(connection.discover(live()));
    });
  });
}

export function operationOf<K extends ActKind>(operations: Operations, kind: K): Operation<K> {
  const operation: Operation<K> | undefined = operations[kind];
  if (!operation) throw new Error(`The driver does not declare ${kind}.`);
  return operation;
}

export async function performAll(operations: Operations, acts: readonly Act[] = []): Promise<void> {
  for (const [index, act] of acts.entries()) {
    const operation = operationOf(operations, act.do);
    const { before } = await operation.look(act, live());
    const handle = await operation.start(act, `prepare-${index}`, before, live());
    await operation.follow(act, handle, before, watch());
  }
}

export function caseOf(cases: readonly ContractCase[], kind: ActKind): ContractCase {
  const found = cases.find(({ act }) => act.do === kind);
  if (!found) throw new Error(`There is no contract case for ${kind}.`);
  return found;
}

/** A world that is gone is told as such, with something a person can do. */
export async function unreachable(call: Promise<unknown>): Promise<void> {
  const error = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(PatchError);
  expect(error).toMatchObject({ code: "unreachable", retry: "later" });
  expect(error instanceof PatchError ? error.next : "").toMatch(/^[A-Z].*\.$/);
}

export function live(): AbortSignal {
  return new AbortController().signal;
}

export function watch() {
  return { signal: live(), progress: () => {} };
}
