import type { ContractCase } from "../contract/hypervisor.contract.ts";
import { patcherContract } from "../contract/patcher.contract.ts";
import { machine, onRealHost, patchService, service } from "../support/debian-lab/apt-stage.ts";

const cases: ContractCase[] = [
  { act: patchService, doneTwice: "free" },
  { act: { do: "revert-patches", machine, patches: [service] }, prepare: [patchService], doneTwice: "free" },
  { act: { do: "reboot", machine }, doneTwice: "free" },
  { act: { do: "check-health", machine }, doneTwice: "free" },
];

onRealHost("apt driver keeps the contract on a real Debian host", (stage) => {
  patcherContract(
    "apt",
    cases.map(({ act }) => act.do),
    async () => {
      await stage.host.patchDay({ debian: false });
      await stage.host.sh("apt-get update");
      const cutOff = () => stage.host.linkDown();
      return { connect: () => stage.connect(), cases, cutOff, close: async () => {} };
    },
  );
});
