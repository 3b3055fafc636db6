import { afterEach, describe, expect, test } from "vitest";
import { type ActKind, ActOutcome } from "../../src/domain/act.ts";
import { MachineFacts } from "../../src/domain/facts.ts";
import type { PatcherConnection } from "../../src/drivers/patcher/types.ts";
import { type ContractCase, caseOf, live, operationOf, performAll, unreachable, watch } from "./hypervisor.contract.ts";

/** A fresh machine for one test, with patches pending. */
export interface PatcherStage {
  /** A new connection, as another process would have. */
  connect(): PatcherConnection;
  /** One per act the driver declares. */
  readonly cases: readonly ContractCase[];
  /** From now on the machine does not answer. */
  cutOff(): Promise<void>;
  close(): Promise<void>;
}

/** What every patcher keeps, whatever it patches. */
export function patcherContract(name: string, kinds: readonly ActKind[], setup: () => Promise<PatcherStage>): void {
  const open: PatcherStage[] = [];
  const stage = async () => {
    const fresh = await setup();
    open.push(fresh);
    return fresh;
  };
  const prepared = async (kind: ActKind) => {
    const fresh = await stage();
    const { act, prepare, doneTwice } = caseOf(fresh.cases, kind);
    const connection = fresh.connect();
    await performAll(connection.operations, prepare);
    return { ...fresh, connection, act, doneTwice, operation: operationOf(connection.operations, act.do) };
  };
  afterEach(async () => {
    for (const each of open.splice(0)) await each.close();
  });

  describe(`patcher driver: ${name}`, () => {
    test("surveys facts that are well-formed, with patches pending", async () => {
      const { connect } = await stage();
      const facts = await connect().survey(live());
      expect(MachineFacts.parse(facts)).toEqual(facts);
      expect(facts.pending.patches).not.toEqual([]);
    });

    test("has a contract case for every act it declares", async () => {
      const { connect, cases } = await stage();
      const declared = Object.keys(connect().operations).sort();
      expect(declared).toEqual([...kinds].sort());
      expect(cases.map(({ act }) => act.do).sort()).toEqual(declared);
    });

    test.runIf(kinds.includes("patch"))("refuses a patch that is no longer what the machine is offered", async () => {
      const { act, operation } = await prepared("patch");
      const other = act.do === "patch" ? { ...act, patches: act.patches.map((p) => ({ ...p, to: `${p.to}.9` })) } : act;
      const { blockers } = await operation.look(other, live());
      expect(blockers).toMatchObject([{ reason: "facts-changed", next: expect.stringMatching(/\.$/) }]);
    });

    describe.each(kinds)("%s", (kind) => {
      test("changes nothing by looking and probing", async () => {
        const { connection, act, operation } = await prepared(kind);
        const before = await connection.survey(live());

        const looked = await operation.look(act, live());
        const probed = await operation.probe(act, "run-1-step-1-1", looked.before, live());

        expect(looked.blockers).toEqual([]);
        expect(probed).toEqual({ state: "absent" });
        expect(await connection.survey(live())).toEqual(before);
      });

      test("is begun, found by its tag, followed and seen in the facts", async () => {
        const { act, operation, doneTwice } = await prepared(kind);
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
        const { connect, connection, act, operation } = await prepared(kind);
        const { before } = await operation.look(act, live());
        const handle = await operation.start(act, "run-1-step-1-1", before, live());

        const waiting = operation.follow(act, handle, before, { signal: AbortSignal.abort(), progress: () => {} });
        await expect(waiting).rejects.toMatchObject({ name: "PatchError", code: "cancelled" });
        await connection.close();

        const second = operationOf(connect().operations, act.do);
        const outcome = await second.follow(act, handle, before, watch());
        expect(outcome.summary).not.toBe("");
      });

      test("refuses to begin when the caller was stopped before", async () => {
        const { act, operation } = await prepared(kind);

        const start = operation.start(act, "run-1-step-1-1", {}, AbortSignal.abort());

        await expect(start).rejects.toMatchObject({ name: "PatchError", code: "cancelled" });
        expect(await operation.probe(act, "run-1-step-1-1", {}, live())).toEqual({ state: "absent" });
      });

      test("fails closed when the machine does not answer", async () => {
        const { act, operation, cutOff } = await prepared(kind);
        await cutOff();

        await unreachable(operation.look(act, live()));
        await unreachable(operation.probe(act, "run-1-step-1-1", {}, live()));
        await unreachable(operation.start(act, "run-1-step-1-1", {}, live()));
      });
    });

    test("fails closed when the machine does not answer the survey", async () => {
      const { connect, cutOff } = await stage();
      const connection = connect();
      await cutOff();
      await unreachable(connection.survey(live()));
    });
  });
}
