import type { Act } from "../domain/act.ts";
import { beginTask } from "./begin-task.ts";
import type { Clock } from "./clock.ts";
import { type Fault, FaultRequest, type FaultRequestInput } from "./fault.ts";
import { clearFaults, inject } from "./faults.ts";
import { settle } from "./settle.ts";
import type { LogEntry, Task, Truth } from "./truth.ts";

/** The estate in action. Everything asked of it happens at the present moment of its clock. */
export interface World {
  readonly rate: number;
  /** The truth as of now. Look, do not touch. */
  state(): Truth;
  log(): readonly LogEntry[];
  begin(tag: string, act: Act): Task;
  /** Throws `ZodError` when the fault is not well-formed. */
  inject(fault: FaultRequestInput): Fault;
  clearFaults(which?: { id?: string | undefined; kind?: string | undefined }): number;
  /** Something outside the acts changed the truth (a fault wore out). */
  touched(): void;
}

/** `save` is called after every change, before the caller gets an answer: what was promised survives a crash. */
export function openWorld(options: { truth: Truth; clock: Clock; save: (truth: Truth) => void }): World {
  const { truth, clock, save } = options;
  const present = () => {
    if (settle(truth, clock.now())) save(truth);
  };
  const change = <T>(make: () => T): T => {
    present();
    const made = make();
    save(truth);
    return made;
  };
  return {
    rate: clock.rate,
    state: () => {
      present();
      return truth;
    },
    log: () => {
      present();
      return truth.log;
    },
    begin: (tag, act) => change(() => beginTask(truth, tag, act)),
    inject: (fault) => change(() => inject(truth, FaultRequest.parse(fault))),
    clearFaults: (which = {}) => change(() => clearFaults(truth, which)),
    touched: () => change(() => undefined),
  };
}
