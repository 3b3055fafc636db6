import type { EstateInput } from "../estate.ts";
import { clusterA } from "./cluster-a/index.ts";

/** Estates that can be named with `--estate`. */
export const estates: Readonly<Record<string, EstateInput>> = { "cluster-a": clusterA };
