import type { Act, ActKind, ActOf, ActOutcome } from "../../src/domain/act.ts";
import { PatchError } from "../../src/domain/errors.ts";
import type { ClusterFacts, MachineFacts } from "../../src/domain/facts.ts";
import { Cluster } from "../../src/domain/inventory.ts";
import type { Operation } from "../../src/drivers/operation.ts";
import type { Drivers } from "../../src/run/ports.ts";
import { olga, openssl, outcomeOf } from "./run-builders.ts";

/** Two hosts; `a` can have a snapshot, `b` not, `c` cannot move away from h1. */
export const fakeCluster: Cluster = Cluster.parse({
  policy: { operators: "operators", approvers: "approvers", warnAheadMinutes: 60, approvalMinutes: 600 },
  pools: { p: { driver: "fake" } },
  hosts: { h1: { pool: "p", patcher: { driver: "fake" } }, h2: { pool: "p" } },
  vms: {
    a: { pool: "p", owner: olga, patcher: { driver: "fake" } },
    b: { pool: "p", patcher: { driver: "fake" } },
    c: { pool: "p" },
  },
});

/** What the fake world is at one moment. */
export interface FakeTruth {
  ha: boolean;
  readonly maintenance: Record<string, boolean>;
  readonly places: Record<string, string>;
  readonly running: Record<string, boolean>;
  readonly snapshots: Record<string, string[]>;
  readonly versions: Record<string, string>;
  readonly boots: Record<string, number>;
}

export interface Begun {
  readonly tag: string;
  readonly act: Act;
}

/** Called around everything that is asked of the world or the store: throws to crash, waits to freeze. */
export type Around = <T>(point: string, work: () => Promise<T>) => Promise<T>;

export interface FakeWorld {
  readonly truth: FakeTruth;
  /** Every act that ever began, in order. */
  readonly log: readonly Begun[];
  /** The world through one worker's eyes. */
  drivers(around: Around): Drivers;
  /** The next acts of this kind on this machine fail, that many times. */
  fail(kind: ActKind, machine: string, times: number): void;
  /** Called when an act has begun, before its caller hears of it. */
  onBegin(listener: (begun: Begun) => Promise<void>): void;
}

/** Doing these twice changes nothing; everything else must be found again by its tag. */
const repeatable: readonly ActKind[] = ["set-switch", "check-health"];

export function isRepeatable(act: Act): boolean {
  return repeatable.includes(act.do);
}

export function fakeWorld(): FakeWorld {
  const truth: FakeTruth = {
    ha: true,
    maintenance: { h1: false, h2: false },
    places: { a: "h2", b: "h2", c: "h1" },
    running: { a: true, b: true, c: true },
    snapshots: { a: [], b: [], c: [] },
    versions: { a: openssl.from, b: openssl.from, h1: openssl.from },
    boots: { a: 1, b: 1, h1: 1 },
  };
  const log: Begun[] = [];
  const tasks = new Map<string, { readonly handle: string; readonly error: PatchError | null }>();
  const failures: { readonly kind: ActKind; readonly machine: string; left: number }[] = [];
  let listener: (begun: Begun) => Promise<void> = async () => {};

  const begin = (act: Act, tag: string): string => {
    log.push({ tag, act });
    // The same act under the same tag meets the same world again.
    const known = tasks.get(tag);
    const failure = known
      ? undefined
      : failures.find((one) => one.left > 0 && one.kind === act.do && mentions(act, one.machine));
    if (failure) failure.left -= 1;
    const fails = failure !== undefined || (known?.error ?? null) !== null;
    if (!fails) change(truth, act);
    const handle = `task-${log.length}`;
    const error = fails
      ? new PatchError({ code: "command-failed", retry: "never", message: `${act.do} failed.`, next: "Look at it." })
      : null;
    tasks.set(tag, { handle, error });
    return handle;
  };

  const operationFor = <K extends ActKind>(kind: K, around: Around): Operation<K> => ({
    repeat: repeatable.includes(kind) ? "repeat" : "reconcile",
    look: (act) =>
      around(`look ${kind}`, async () => ({
        blockers: [],
        before: { boots: JSON.stringify(truth.boots), act: act.do },
      })),
    probe: (_act, tag) =>
      around(`probe ${kind}`, async () => {
        const task = tasks.get(tag);
        return task ? { state: "finished", handle: task.handle } : { state: "absent" };
      }),
    start: (act: ActOf<K>, tag) =>
      around(`start ${kind}`, async () => {
        // At once: nothing may come between the caller's last check and the act.
        const handle = begin(act, tag);
        await listener({ tag, act });
        return handle;
      }),
    follow: (act, handle) =>
      around(`follow ${kind}`, async (): Promise<ActOutcome> => {
        const task = [...tasks.values()].find((one) => one.handle === handle);
        if (!task) throw new Error(`nobody knows the handle ${handle}`);
        if (task.error) throw task.error;
        return outcomeOf(`${act.do} was done`);
      }),
  });

  return {
    truth,
    log,
    drivers: (around) => ({
      simulated: () => true,
      gather: (name) => around("gather", async () => factsOf(name, truth)),
      operation: <K extends ActKind>(_name: string, _cluster: Cluster, act: Extract<Act, { do: K }>) =>
        operationFor(act.do as K, around),
    }),
    fail: (kind, machine, times) => failures.push({ kind, machine, left: times }),
    onBegin(next) {
      listener = next;
    },
  };
}

function mentions(act: Act, machine: string): boolean {
  return Object.values(act).includes(machine);
}

function change(truth: FakeTruth, act: Act): void {
  switch (act.do) {
    case "set-switch":
      truth.ha = act.on;
      return;
    case "migrate":
      truth.places[act.vm] = act.to;
      return;
    case "enter-maintenance":
    case "leave-maintenance":
      truth.maintenance[act.host] = act.do === "enter-maintenance";
      return;
    case "stop-vm":
    case "start-vm":
      truth.running[act.vm] = act.do === "start-vm";
      return;
    case "snapshot":
      truth.snapshots[act.vm]?.push(act.name);
      return;
    case "revert-snapshot":
      truth.versions[act.vm] = openssl.from;
      return;
    case "remove-snapshot":
      truth.snapshots[act.vm] = (truth.snapshots[act.vm] ?? []).filter((name) => name !== act.name);
      return;
    case "patch":
    case "revert-patches":
      truth.versions[act.machine] = act.do === "patch" ? openssl.to : openssl.from;
      return;
    case "reboot":
      truth.boots[act.machine] = (truth.boots[act.machine] ?? 0) + 1;
      return;
    case "check-health":
      return;
    default:
      act satisfies never;
  }
}

const yes = { ok: true } as const;
const no = (why: string) => ({ ok: false as const, why });

function factsOf(name: string, truth: FakeTruth): ClusterFacts {
  const source = "fake";
  return {
    cluster: name,
    readAt: "2026-03-03T20:00:00.000Z",
    simulated: true,
    pools: [
      {
        pool: "p",
        platform: "Fake 1",
        family: "fake",
        simulated: true,
        clockRate: 60,
        capabilities: { liveMigration: yes, maintenance: yes, snapshot: yes },
        switches: [{ name: "ha", on: truth.ha, offDuringRun: true, why: "fences hosts", rule: "R20" }],
        busyWith: [],
        estimate: { migrateSeconds: 30, migratePauseSeconds: 1, startVmSeconds: 20, source },
        hosts: ["h1", "h2"].map((host) => ({
          host,
          poolMaster: host === "h1",
          online: true,
          maintenance: truth.maintenance[host] ?? false,
          memoryMiB: 64_000,
        })),
        vms: ["a", "b", "c"].map((vm) => ({
          vm,
          host: truth.places[vm] ?? "h1",
          running: truth.running[vm] ?? false,
          memoryMiB: 1000,
          os: "Fake Linux",
          migratable: vm === "c" ? no("GPU") : yes,
          snapshotable: vm === "a" ? yes : no("raw disk"),
          snapshots: truth.snapshots[vm] ?? [],
        })),
      },
    ],
    machines: ["a", "b", "h1"].map((machine) => machineFacts(machine, truth)),
    unread: [],
  };
}

function machineFacts(machine: string, truth: FakeTruth): MachineFacts {
  const pending = truth.versions[machine] !== openssl.to;
  return {
    machine,
    system: "Fake Linux",
    busyWith: [],
    pending: {
      patches: pending ? [openssl] : [],
      reboot: { needed: pending, why: "new libssl" },
      estimate: { patchSeconds: 60, rebootSeconds: 60, source: "fake" },
      backOut:
        machine === "h1"
          ? { possible: false, why: "h1 has no way back" }
          : { possible: true, method: "old packages", until: "always", loses: "nothing" },
    },
  };
}
