import { circularRules } from "./circular.ts";
import { cloudRules } from "./clouds.ts";
import { cpuRules } from "./cpu-vulnerability.ts";
import { databaseRules } from "./databases.ts";
import { generalRules } from "./general.ts";
import { guestRules } from "./guests.ts";
import { hypervRules } from "./hyperv.ts";
import { kvmRules } from "./kvm.ts";
import { layerRules } from "./layers.ts";
import { serverRules, vcfRules } from "./management.ts";
import type { Rule } from "./rule.ts";
import { storageRules } from "./storage.ts";
import { vsphereRules } from "./vsphere.ts";
import { xapiRules } from "./xapi.ts";

/**
 * All order rules of this version, one file a family. R28 is applied when drain targets are chosen, R48 and R77
 * before planning. What of order-rules.md is not here is in not-edges.ts, with the reason.
 */
export const rules: readonly Rule[] = [
  ...layerRules,
  ...vcfRules,
  ...serverRules,
  ...cpuRules,
  ...xapiRules,
  ...kvmRules,
  ...vsphereRules,
  ...storageRules,
  ...hypervRules,
  ...cloudRules,
  ...databaseRules,
  ...guestRules,
  ...circularRules,
  ...generalRules,
];
