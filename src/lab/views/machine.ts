import type { MachineFacts } from "../../domain/facts.ts";
import { faultsOn, isUp, machineOf, runningOn } from "../read.ts";
import type { Machine, Truth } from "../truth.ts";

export interface MachineView extends MachineFacts {
  readonly now: string;
  readonly clockRate: number;
  readonly kind: "host" | "vm";
  readonly up: boolean;
  readonly agentStartedAt: string;
  readonly installed: Readonly<Record<string, string>>;
  readonly runs: Readonly<Record<string, string>>;
  /** VMs switched on upon this host. */
  readonly guests: readonly string[];
}

/** What the machine tells about itself. One that is down could not tell; callers look at `up` first. */
export function machineView(truth: Truth, name: string, rate: number): MachineView {
  const machine = machineOf(truth, name);
  const isHost = truth.hosts[name] !== undefined;
  return {
    machine: name,
    system: machine.system,
    pending: {
      patches: [...machine.patches],
      reboot: rebootOf(machine),
      estimate: {
        patchSeconds: machine.patches.length > 0 ? machine.patchSeconds : 0,
        rebootSeconds: machine.rebootSeconds,
        source: "the simulator's own settings",
      },
      backOut: machine.backOut,
    },
    busyWith: faultsOn(truth, "busy", name).flatMap(({ what }) => (what.kind === "busy" ? [what.with] : [])),
    now: new Date(truth.now).toISOString(),
    clockRate: rate,
    kind: isHost ? "host" : "vm",
    up: isUp(machine),
    agentStartedAt: new Date(machine.bootedAt).toISOString(),
    installed: machine.installed,
    runs: machine.runs,
    guests: isHost ? runningOn(truth, name) : [],
  };
}

function rebootOf(machine: Machine): MachineFacts["pending"]["reboot"] {
  const old = Object.keys(machine.installed).filter((name) => machine.runs[name] !== machine.installed[name]);
  if (old.length > 0) return { needed: true, why: `installed but not yet running: ${old.join(", ")}` };
  if (machine.patches.length === 0) return { needed: false, why: "nothing is pending" };
  return machine.needsReboot;
}
