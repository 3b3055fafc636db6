import type { ActKind, ActOf, ActOutcome } from "../../../domain/act.ts";
import { type FailureCode, PatchError } from "../../../domain/errors.ts";
import type { Blocker } from "../../../domain/outcome.ts";
import type { Before, Operation, Operations, RepeatClass } from "../../operation.ts";
import { type EstateClient, nextSteps } from "../../transport/estate-http.ts";
import * as stands from "./blockers.ts";
import { MachineAnswer } from "./facts.ts";

/** An act may take this many times its estimate, and never less than this many world seconds. */
const patience = { factor: 4, leastSeconds: 300 };

interface Kind<K extends ActKind> {
  readonly repeat: RepeatClass;
  readonly blockers: (facts: MachineAnswer, act: ActOf<K>) => Blocker[];
  /** Estimate in world seconds. */
  readonly seconds: (facts: MachineAnswer) => number;
  readonly late: FailureCode;
  /** What the facts say against the effect, or null. */
  readonly against: (facts: MachineAnswer, act: ActOf<K>, before: Before) => string | null;
}

/** Acts inside one machine. */
export function machineOperations(client: EstateClient, machine: string): Operations {
  const path = `/machines/${encodeURIComponent(machine)}`;
  const build = <K extends ActKind>(kind: Kind<K>): Operation<K> => ({
    repeat: kind.repeat,
    look: async (act, signal) => {
      const facts = await client.get(path, MachineAnswer, signal);
      return { blockers: kind.blockers(facts, act), before: beforeOf(facts, kind.seconds(facts)) };
    },
    probe: (_act, tag, _before, signal) => client.probe(tag, signal),
    start: (act, tag, _before, signal) => client.start(act, tag, signal),
    follow: async (act, handle, before, watch): Promise<ActOutcome> => {
      const message = `${machine}: ${act.do} is not through in ${before.deadlineSeconds ?? "its"} seconds.`;
      const outcome = await client.follow(handle, before, watch, {
        code: kind.late,
        message,
        next: nextSteps[kind.late],
      });
      const against = kind.against(await client.getPatiently(path, MachineAnswer, watch.signal), act, before);
      if (against !== null) {
        const code = kind.late === "not-back" ? "not-back" : "bad-answer";
        throw new PatchError({ code, retry: "never", message: `${machine}: ${against}.`, next: nextSteps[code] });
      }
      return outcome;
    },
  });
  return {
    patch: build(patch),
    "revert-patches": build(revertPatches),
    reboot: build(reboot),
    "check-health": build(checkHealth),
  };
}

function beforeOf(facts: MachineAnswer, estimateSeconds: number): Before {
  const versions = Object.entries(facts.installed).map(([name, version]) => [`version:${name}`, version]);
  return {
    ...Object.fromEntries(versions),
    agentStartedAt: facts.agentStartedAt,
    deadlineSeconds: String(Math.max(patience.leastSeconds, estimateSeconds * patience.factor)),
  };
}

const patch: Kind<"patch"> = {
  repeat: "reconcile",
  blockers: (facts, { patches }) => [
    ...stands.isDown(facts),
    ...stands.isBusy(facts),
    ...stands.offersOther(facts, patches),
  ],
  seconds: ({ pending }) => pending.estimate.patchSeconds,
  late: "timeout",
  against: ({ installed }, { patches }) => {
    const old = patches.filter(({ name, to }) => installed[name] !== to).map(({ name }) => name);
    return old.length > 0 ? `the patch is called done, but ${old.join(", ")} did not change` : null;
  },
};

const revertPatches: Kind<"revert-patches"> = {
  repeat: "reconcile",
  blockers: (facts, { patches }) => [
    ...stands.isDown(facts),
    ...stands.isBusy(facts),
    ...stands.noWayBack(facts),
    ...stands.strangeVersions(facts, patches),
  ],
  seconds: () => 1800,
  late: "timeout",
  against: ({ installed }, { patches }) => {
    const still = patches.filter(({ name, to, oldAvailable }) => oldAvailable && installed[name] === to);
    return still.length > 0 ? `${still.map(({ name }) => name).join(", ")} did not go back` : null;
  },
};

const reboot: Kind<"reboot"> = {
  repeat: "reconcile",
  blockers: (facts) => [...stands.isDown(facts), ...stands.carriesGuests(facts)],
  seconds: ({ pending }) => pending.estimate.rebootSeconds,
  late: "not-back",
  against: ({ up, agentStartedAt }, _act, before) => {
    if (!up) return "it does not answer after the reboot";
    const old = before.agentStartedAt;
    const fresh = old === undefined || Date.parse(agentStartedAt) > Date.parse(old);
    return fresh ? null : "it answers, but was not booted since";
  },
};

const checkHealth: Kind<"check-health"> = {
  repeat: "repeat",
  blockers: () => [],
  seconds: () => 60,
  late: "timeout",
  against: () => null,
};
