import type { Scope } from "./scope.ts";

/** Scopes that more than one place needs: a rule, and what must know whether it applies. */

/** R2 */
export const vcenterFirst: Scope = {
  words: "vSphere 7.0 and later",
  products: ["vsphere"],
  versions: { from: "7.0" },
};

/** R3 */
export const engineFirst: Scope = {
  words: "oVirt, RHV 4.3 and 4.4",
  products: ["ovirt", "rhv"],
  versions: { from: "4.3", below: "4.5" },
};

/** R4 */
export const nutanixOrder: Scope = { words: "Nutanix LCM", products: ["nutanix"] };

/** R10 */
export const vcfDomains: Scope = {
  words: "VCF 4.3 (the 4.x line)",
  products: ["vcf"],
  versions: { from: "4.3", below: "5" },
};

/** R12 */
export const firmwareToolingFirst: Scope = {
  words: "Dell PowerEdge VRTX, CMC 3.20",
  products: ["dell-cmc"],
};

/** R13 */
export const bundledWithHypervisor: Scope = {
  words: "Azure Local 23H2 with a solution builder extension; vSphere images with a firmware add-on, 7.0 and later",
  products: ["azure-local", "vsphere"],
  versions: { from: "7.0" },
};

/** R21 */
export const satellitesFirst: Scope = {
  words: "XCP-ng with LINSTOR/XOSTOR",
  products: ["xcp-ng"],
  also: ["linstor"],
};

/** R57 */
export const toolsApartFromWindows: Scope = { words: "vSphere, Windows guests", products: ["vsphere"] };

/** R53 */
export const standaloneHyperV: Scope = { words: "Hyper-V hosts without a cluster", products: ["hyper-v"] };
