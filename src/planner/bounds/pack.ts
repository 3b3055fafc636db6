import { at } from "./machines.ts";
import { keepsApart, type Yard } from "./yard.ts";

/** Nodes or arrangements that a search may still look at. One is shared by searches that belong together. */
export interface Budget {
  left: number;
}

/**
 * Can all VMs of a pool stand on its other hosts at once, while one is empty? `no` is a proof: every way to place
 * them was tried, largest first. VMs of one class are only tried in the order of the hosts, and of hosts with the same
 * room left (in pools without anti-affinity) only the first. Nothing is lost: of all arrangements take the first in
 * the order of the alphabet. Were a VM in it before its twin's host, or on the second of two hosts alike, swapping
 * the two VMs, or all that comes to the two hosts from there on, would give one that comes earlier.
 */
export function packWithout(yard: Yard, empty: number, budget: Budget): "yes" | "no" | "gave-up" {
  const places = new Array<number>(yard.vms.length).fill(-1);
  const cpu = Float64Array.from(yard.cpuRoom);
  const memory = Float64Array.from(yard.memoryRoom);
  const shift = (vm: number, host: number, sign: number) => {
    cpu[host] = at(cpu, host) - sign * at(yard.cpu, vm);
    memory[host] = at(memory, host) - sign * at(yard.memory, vm);
    places[vm] = sign > 0 ? host : -1;
  };
  const alike = yard.blocked.length === 0;
  const place = (vm: number): boolean => {
    if (vm === yard.vms.length) return true;
    if (budget.left-- <= 0) return false;
    const tried = new Set<string>();
    const from = yard.classStart[vm] === vm ? 0 : Math.max(0, places[vm - 1] ?? 0);
    for (let host = from; host < yard.hosts; host++) {
      if (host === empty || at(cpu, host) < at(yard.cpu, vm) || at(memory, host) < at(yard.memory, vm)) continue;
      if (!keepsApart(yard, places, vm, host)) continue;
      const look = `${at(cpu, host)} ${at(memory, host)}`;
      // Groups make hosts differ that have the same room; then all are tried.
      if (alike && tried.has(look)) continue;
      tried.add(look);
      shift(vm, host, 1);
      if (place(vm + 1)) return true;
      shift(vm, host, -1);
      if (budget.left <= 0) return false;
    }
    return false;
  };
  if (place(0)) return "yes";
  return budget.left <= 0 ? "gave-up" : "no";
}
