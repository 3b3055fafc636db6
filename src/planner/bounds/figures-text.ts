import type { PoolFigures, Resource } from "./pool-figures.ts";

/** 1253 as `1,253`. */
export function showNumber(value: number): string {
  const [whole = "", rest] = `${Math.round(value * 10) / 10}`.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return rest === undefined ? grouped : `${grouped}.${rest}`;
}

export function showSeconds(value: number): string {
  return `${showNumber(Math.ceil(value))} s`;
}

/** `12 vCPUs`, `800 MiB of memory`, `1.5 GiB of memory`. */
export function showAmount(resource: Resource, value: number): string {
  if (resource === "cpu") return countOf(value, "vCPU");
  return value < 1024 ? `${showNumber(value)} MiB of memory` : `${showNumber(value / 1024)} GiB of memory`;
}

/** `1 host`, `3 hosts`. */
export function countOf(count: number, noun: string): string {
  return `${showNumber(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** `14 % spare memory`: of what the hosts of the pool have together. */
export function showSpare({ spare, capacity }: PoolFigures, resource: Resource): string {
  const share = capacity[resource] === 0 ? 0 : (100 * Math.max(0, spare[resource])) / capacity[resource];
  const figure = share >= 1 ? Math.round(share) : Math.round(share * 10) / 10;
  return `${figure} % spare ${resource === "cpu" ? "CPU" : "memory"}`;
}
