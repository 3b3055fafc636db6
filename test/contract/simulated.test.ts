import type { Act } from "../../src/domain/act.ts";
import { simulatedHypervisor } from "../../src/drivers/hypervisor/simulated/index.ts";
import { simulatedPatcher } from "../../src/drivers/patcher/simulated/index.ts";
import { startEstate } from "../../src/lab/index.ts";
import { kernel, openssl, smallEstate } from "../unit/lab/small-estate.ts";
import { type ContractCase, hypervisorContract } from "./hypervisor.contract.ts";
import { patcherContract } from "./patcher.contract.ts";

/** 20 world minutes per second: fast, and still slow enough to be seen running. */
const rate = 1200;

const pool = "p";
const taken: Act = { do: "snapshot", pool, vm: "a", name: "before" };
const empty: Act[] = [
  { do: "migrate", pool, vm: "a", from: "h1", to: "h2" },
  { do: "stop-vm", pool, vm: "tied" },
];
const inMaintenance: Act[] = [...empty, { do: "enter-maintenance", pool, host: "h1" }];

const poolCases: ContractCase[] = [
  { act: { do: "set-switch", pool, name: "ha", on: false }, doneTwice: "free" },
  { act: { do: "migrate", pool, vm: "a", from: "h1", to: "h2" }, doneTwice: "blocked" },
  { act: { do: "enter-maintenance", pool, host: "h1" }, prepare: empty, doneTwice: "blocked" },
  { act: { do: "leave-maintenance", pool, host: "h1" }, prepare: inMaintenance, doneTwice: "free" },
  { act: { do: "stop-vm", pool, vm: "tied" }, doneTwice: "blocked" },
  { act: { do: "start-vm", pool, vm: "off", host: "h1" }, doneTwice: "blocked" },
  { act: taken, doneTwice: "blocked" },
  { act: { do: "revert-snapshot", pool, vm: "a", name: "before" }, prepare: [taken], doneTwice: "free" },
  { act: { do: "remove-snapshot", pool, vm: "a", name: "before" }, prepare: [taken], doneTwice: "blocked" },
];

hypervisorContract(
  "simulated",
  poolCases.map(({ act }) => act.do),
  async () => {
    const { url, close } = await startEstate({ rate, estate: smallEstate });
    let gone = false;
    const cutOff = async () => {
      if (!gone) await close();
      gone = true;
    };
    const connect = () => simulatedHypervisor.connect({ pool, config: { url } });
    return { connect, cases: poolCases, cutOff, close: cutOff };
  },
);

const patches = [openssl, kernel];
const machineCases: ContractCase[] = [
  { act: { do: "patch", machine: "a", patches }, doneTwice: "blocked" },
  {
    act: { do: "revert-patches", machine: "a", patches },
    prepare: [{ do: "patch", machine: "a", patches }],
    doneTwice: "free",
  },
  { act: { do: "reboot", machine: "a" }, doneTwice: "free" },
  { act: { do: "check-health", machine: "a" }, doneTwice: "free" },
];

patcherContract(
  "simulated",
  machineCases.map(({ act }) => act.do),
  async () => {
    const { url, close } = await startEstate({ rate, estate: smallEstate });
    let gone = false;
    const cutOff = async () => {
      if (!gone) await close();
      gone = true;
    };
    const connect = () =>
      simulatedPatcher.connect({ machine: "a", config: { url }, transport: null, healthChecks: [] });
    return { connect, cases: machineCases, cutOff, close: cutOff };
  },
);
