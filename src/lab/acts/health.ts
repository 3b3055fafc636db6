import type { ActOf } from "../../domain/act.ts";
import { illness, isUp, machineOf } from "../read.ts";
import type { Truth } from "../truth.ts";
import { type Deed, firstTrouble, outcome } from "./deed.ts";

const healthSeconds = 5;

/** Only looks; a machine that is down or ill fails the check. */
export function checkHealth(act: ActOf<"check-health">): Deed {
  const check = (truth: Truth) => {
    const ill = illness(truth, act.machine);
    return firstTrouble([
      [!isUp(machineOf(truth, act.machine)), "unhealthy", `${act.machine} is down.`],
      [ill !== null, "unhealthy", `${act.machine} is not healthy: ${ill}.`],
    ]);
  };
  return {
    seconds: () => healthSeconds,
    check: () => null,
    end: ({ truth }) => check(truth) ?? outcome(`${act.machine} is healthy`),
  };
}
