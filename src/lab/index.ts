export type { Estate, EstateInput } from "./estate.ts";
export type { FaultRequest, FaultRequestInput } from "./fault.ts";
export { type EstateOptions, type RunningEstate, startEstate } from "./start-estate.ts";
export type { LogEntry, Task, Truth } from "./truth.ts";
export type { World } from "./world.ts";
