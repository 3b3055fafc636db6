import { whole } from "./numbers.ts";

/**
 * A plan without times: which actions, in which order. Action i moves VM `vm[i]` to host `to[i]`, or patches
 * host `to[i]` when `vm[i]` is -1. On every host the actions begin in this order, each as early as the rules
 * allow; any plan in which nothing can begin earlier is the timing of some sequence.
 */
export interface Sequence {
  length: number;
  vm: Int32Array;
  to: Int32Array;
}

/** A copy with room to grow. */
export function roomyCopy(sequence: Sequence): Sequence {
  const size = sequence.length * 2 + 64;
  const copy = { length: sequence.length, vm: new Int32Array(size), to: new Int32Array(size) };
  copyInto(sequence, copy);
  return copy;
}

export function copyInto(from: Sequence, into: Sequence): void {
  into.length = from.length;
  // A plain loop: views of typed arrays cost more than they save at these lengths.
  for (let i = 0; i < from.length; i += 1) {
    into.vm[i] = whole(from.vm, i);
    into.to[i] = whole(from.to, i);
  }
}
