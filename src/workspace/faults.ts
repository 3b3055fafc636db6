/** Ordered faults for the Web API: each is used up by `count` calls of its method. */

export const FAULT_KINDS = ["429", "500", "internal_error", "invalid_auth", "delay", "reset", "reply_lost"] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export interface Fault {
  /** A method name, or `*` for any. */
  readonly method: string;
  readonly kind: FaultKind;
  /** How many calls it hits. */
  readonly count: number;
  /** For "429": whole seconds, default 1. */
  readonly retryAfter?: number;
  /** For "delay": milliseconds of real time, default 1000. */
  readonly ms?: number;
}

export const SOCKET_FAULT_KINDS = ["refresh", "warning", "terminate", "open_fails", "silent"] as const;
export type SocketFaultKind = (typeof SOCKET_FAULT_KINDS)[number];

export interface Faults {
  add(fault: Fault): void;
  /** The next fault for this call, if any; counts as one hit. */
  take(method: string): Fault | undefined;
  clear(): void;
}

export function createFaults(): Faults {
  let waiting: { readonly fault: Fault; left: number }[] = [];
  return {
    add: (fault) => void waiting.push({ fault, left: fault.count }),
    take(method) {
      const hit = waiting.find(({ fault }) => fault.method === method || fault.method === "*");
      if (hit === undefined) return undefined;
      hit.left -= 1;
      if (hit.left <= 0) waiting = waiting.filter((entry) => entry !== hit);
      return hit.fault;
    },
    clear() {
      waiting = [];
    },
  };
}
