import type { Act } from "../../src/domain/act.ts";
import { actWords } from "../../src/domain/act-words.ts";
import { type Layer, type Plan, planFormat, type Reason, type Step } from "../../src/domain/plan.ts";

const patches = [
  { name: "openssl", from: "1.0", to: "1.1", kind: "security" as const, source: "t", oldAvailable: true },
];

const reason = (rule: string, text: string): Reason & { scope: string } => ({
  rule,
  strength: "vendor",
  text,
  source: "a page",
  scope: "any",
});

/** Acts of the plan below with stage, start and length. `gpu` goes down with `h2`, `web` reboots by itself. */
function acts(name: (plain: string) => string): readonly (readonly [string, number, number, Act])[] {
  const [h1, h2, web, gpu, db, pool] = ["h1", "h2", "web", "gpu", "db", "pool"].map(name) as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  return [
    ["hypervisor/h1", 0, 60, { do: "migrate", pool, vm: web, from: h1, to: h2 }],
    ["hypervisor/h1", 60, 60, { do: "migrate", pool, vm: db, from: h1, to: h2 }],
    ["hypervisor/h1", 120, 30, { do: "enter-maintenance", pool, host: h1 }],
    ["hypervisor/h1", 150, 600, { do: "patch", machine: h1, patches }],
    ["hypervisor/h1", 750, 300, { do: "reboot", machine: h1 }],
    ["hypervisor/h1", 1050, 15, { do: "check-health", machine: h1 }],
    ["hypervisor/h1", 1065, 30, { do: "leave-maintenance", pool, host: h1 }],
    ["hypervisor/h2", 1095, 60, { do: "stop-vm", pool, vm: gpu }],
    ["hypervisor/h2", 1155, 600, { do: "patch", machine: h2, patches }],
    ["hypervisor/h2", 1755, 300, { do: "reboot", machine: h2 }],
    ["hypervisor/h2", 2055, 60, { do: "start-vm", pool, vm: gpu, host: h2 }],
    ["guest-os/web", 2115, 120, { do: "patch", machine: web, patches }],
    ["guest-os/web", 2235, 60, { do: "reboot", machine: web }],
  ];
}

/** A plan of two hosts and a guest made by hand: what drawings and tables show does not depend on the planner. */
export function drawnPlan(name: (plain: string) => string = (plain) => plain): Plan {
  const steps = acts(name).map(([stage, start, seconds, act], i): Step => {
    const outages =
      act.do === "stop-vm"
        ? [{ machine: act.vm, seconds: 1020, why: "goes down with h2" }]
        : act.do === "reboot" && stage === "guest-os/web"
          ? [{ machine: act.machine, seconds: 60, why: "new kernel" }]
          : [];
    const id = `s${String(i + 1).padStart(3, "0")}`;
    const after = i === 0 ? [] : [`s${String(i).padStart(3, "0")}`];
    const common = { title: actWords(act), seconds, outages, undo: null, closes: null };
    return { id, stage, act, ...common, start, end: start + seconds, after };
  });
  const stage = (id: string, layer: Layer, target: string, text: string) => ({
    id,
    layer,
    target: name(target),
    title: `Stage ${name(target)}`,
    reasons: [reason("R19", text), reason("R36", "reboot needed"), reason("R68", "the third reason")],
    patches: patches.map((one) => ({ name: one.name, from: one.from, to: one.to, kind: one.kind })),
    backOut: { possible: true, text: "old packages" },
  });
  return {
    format: planFormat,
    cluster: name("c"),
    digest: "0123456789abcdef0123456789abcdef",
    simulated: true,
    clockRate: 60,
    platforms: ["Test"],
    stages: [
      stage("hypervisor/h1", "hypervisor", "h1", "h1 is the master"),
      stage("hypervisor/h2", "hypervisor", "h2", "after the master"),
      stage("guest-os/web", "guest-os", "web", "guests after hosts"),
    ],
    steps,
    decisions: [reason("R25", "one host at a time")],
    untouched: [{ machine: name("idle"), why: "nothing pending" }],
    noDowntime: [{ machine: name("db"), why: "live migration" }],
    seconds: 2295,
    estimateSources: ["test"],
    warnAheadSeconds: 120,
    edges: [],
    schedule: {
      stepsAtOnce: 1,
      makespan: 2295,
      lowerBound: 1800,
      binding: { term: "one-at-a-time", text: "hosts of pool go one after another" },
      migrations: 2,
      migrationBound: 2,
      downtimes: steps.flatMap((step) => step.outages.map((one) => ({ ...one, step: step.id, start: step.start }))),
      windows: [],
      estimates: [],
      seed: 1,
    },
  };
}
