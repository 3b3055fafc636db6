import type { ActOf } from "../../domain/act.ts";
import { hostOf, isUp, poolOf, runningOn } from "../read.ts";
import type { Truth } from "../truth.ts";
import { type Deed, firstTrouble, outcome } from "./deed.ts";

export function setSwitch(act: ActOf<"set-switch">): Deed {
  const find = (truth: Truth) => poolOf(truth, act.pool).switches.find(({ name }) => name === act.name);
  return {
    seconds: (truth) => poolOf(truth, act.pool).switchSeconds,
    check: (truth) =>
      firstTrouble([[!find(truth), "command-failed", `Pool ${act.pool} has no switch called ${act.name}.`]]),
    end: ({ truth, log }) => {
      const found = find(truth);
      if (found) found.on = act.on;
      const text = `${act.name} of ${act.pool} is ${act.on ? "on" : "off"}`;
      log("changed", act.pool, text);
      return outcome(text);
    },
  };
}

export function enterMaintenance(act: ActOf<"enter-maintenance">): Deed {
  const check = (truth: Truth) => {
    const there = runningOn(truth, act.host);
    return firstTrouble([
      [!isUp(hostOf(truth, act.host)), "unreachable", `Host ${act.host} is down.`],
      [there.length > 0, "conflict", `VMs still run on ${act.host}: ${there.join(", ")}.`],
    ]);
  };
  return {
    seconds: (truth) => poolOf(truth, act.pool).switchSeconds,
    check,
    end: ({ truth, log }) => {
      const trouble = check(truth);
      if (trouble) return trouble;
      hostOf(truth, act.host).maintenance = true;
      log("changed", act.host, "in maintenance");
      return outcome(`${act.host} is in maintenance`);
    },
  };
}

export function leaveMaintenance(act: ActOf<"leave-maintenance">): Deed {
  return {
    seconds: (truth) => poolOf(truth, act.pool).switchSeconds,
    check: (truth) => firstTrouble([[!isUp(hostOf(truth, act.host)), "unreachable", `Host ${act.host} is down.`]]),
    end: ({ truth, log }) => {
      hostOf(truth, act.host).maintenance = false;
      log("changed", act.host, "out of maintenance");
      return outcome(`${act.host} is out of maintenance`);
    },
  };
}
