import type { Patch } from "../../domain/act.ts";
import type { Blocker } from "../../domain/outcome.ts";
import { compareVersions } from "../../domain/products.ts";
import type { Draft } from "../draft.ts";
import { runsOf } from "../roles.ts";
import type { World } from "../world.ts";

/** Major and minor number: what the version skew policy counts. */
function minorOf(version: string): string {
  return version.match(/\d+/g)?.slice(0, 2).join(".") ?? "";
}

export function raisesKubelet({ name, from, to }: Patch): boolean {
  return name === "kubelet" && minorOf(from) !== minorOf(to);
}

/** The oldest apiserver as it will be after this plan; null when nobody knows a version. */
function oldestApiserver(world: World, machines: ReadonlySet<string>, drafts: readonly Draft[]): string | null {
  const versions = [...machines].flatMap((machine) => {
    const run = runsOf(world, machine).find(({ product }) => product === "kube-apiserver");
    if (!run) return [];
    const patches = drafts
      .filter(({ target }) => target === machine)
      .flatMap((draft) => draft.machine?.pending.patches ?? []);
    const raised = patches.find(({ name }) => name === "kube-apiserver")?.to ?? run.version;
    return raised === undefined ? [] : [minorOf(raised)];
  });
  return versions.sort(compareVersions)[0] ?? null;
}

/** A kubelet is never newer than its apiserver (rule R6). Unknown versions are left to people: the plan shows the order. */
export function kubeletsTooNew(
  world: World,
  machines: ReadonlySet<string>,
  drafts: readonly Draft[],
): readonly Blocker[] {
  const oldest = oldestApiserver(world, machines, drafts);
  if (oldest === null) return [];
  return drafts.flatMap(({ target, machine }) => {
    const kubelet = machine?.pending.patches.find(({ name }) => name === "kubelet");
    if (!kubelet || !machines.has(target) || compareVersions(minorOf(kubelet.to), oldest) <= 0) return [];
    return [
      {
        reason: "blocked" as const,
        where: target,
        message: `${target} would get kubelet ${kubelet.to}, newer than an apiserver of ${oldest} (rule R6)`,
        next: "update the apiservers first, or hold kubelet back",
      },
    ];
  });
}
