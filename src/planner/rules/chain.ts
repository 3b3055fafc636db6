import type { Component } from "../../domain/act.ts";
import type { Product } from "../../domain/products.ts";
import { type Draft, type DraftKind, hostKinds } from "../draft.ts";
import { runsOf } from "../roles.ts";
import type { World } from "../world.ts";
import { allBefore, type Edge } from "./rule.ts";
import type { Field, Scope } from "./scope.ts";

/** A set of stages, as data: by what their machine runs, by kind of stage, or by the component they change. */
export interface Selector {
  /** As it reads in a sentence: `vCenter before the ESXi hosts`. */
  readonly label: string;
  readonly runs?: readonly Product[];
  readonly kinds?: readonly DraftKind[];
  readonly component?: Component;
  /** VMs with this role for the pool that they manage. */
  readonly role?: "management" | "witness";
  /** Only software that names the pool in `serves`. */
  readonly named?: true;
}

/**
 * Sets of stages in their order; an empty set is passed over, and a stage belongs to the first set it fits.
 * `pool`: for every pool in scope by itself. `machine`: the stages of one machine. `cluster`: over everything,
 * along what machines serve.
 */
export interface Chain {
  readonly within: "pool" | "machine" | "cluster";
  readonly steps: readonly Selector[];
}

/** Stages with the words for them. */
export interface Picked {
  readonly label: string;
  readonly drafts: readonly Draft[];
}

/** The edges of a chain. Software that is in the rule's scope by name must be so by version as well. */
export function chainEdges(
  { within, steps }: Chain,
  scope: Scope,
  field: Field,
  world: World,
  drafts: readonly Draft[],
): readonly Edge[] {
  const known = drafts.filter(({ target }) => field.machines.has(target) || !namedIn(scope, world, target));
  switch (within) {
    case "pool":
      return field.pools.flatMap(({ pool }) =>
        link(
          pickAll(steps, (step) => known.filter((draft) => picks(step, world, draft, pool))),
          (before, after) => `${withNames(before)} before ${after.label} of ${pool}`,
        ),
      );
    case "machine": {
      const pools = new Set(field.pools.map(({ pool }) => pool));
      const inside = known.filter(({ pool, target }) => pools.has(pool ?? "") || field.machines.has(target));
      return [...byTarget(inside).values()]
        .filter((own) => own.length > 1)
        .flatMap((own) =>
          link(
            pickAll(steps, (step) => own.filter((draft) => picks(step, world, draft, null))),
            (before, after) => `${before.label} before ${after.label} on ${after.drafts[0]?.target}`,
          ),
        );
    }
    case "cluster":
      return served(
        world,
        pickAll(steps, (step) => known.filter((draft) => picks(step, world, draft, null))),
        steps,
      );
    default:
      return within satisfies never;
  }
}

/** Stages of a machine that are not the update of its software. */
const later: readonly DraftKind[] = ["guest-tools", "power-cycle", "virtual-hardware", "finish"];

function namedIn(scope: Scope, world: World, target: string): boolean {
  return scope.products !== "any" && runsOf(world, target).some(({ product }) => scope.products.includes(product));
}

/** Software must serve the pool, or nothing in particular; kinds and components must be of the pool. */
function picks(step: Selector, world: World, draft: Draft, pool: string | null): boolean {
  const vm = world.cluster.vms[draft.target];
  const runs = runsOf(world, draft.target).filter(
    ({ serves }) => pool === null || vm?.manages === pool || serves.length === 0 || serves.includes(pool),
  );
  // A host of the pool is a host, whatever else it runs: it cannot go before the hosts.
  const ownHost = pool !== null && draft.pool === pool && hostKinds.includes(draft.kind);
  const main = !later.includes(draft.kind) && !ownHost;
  const ofPool = pool === null || draft.pool === pool || vm?.manages === pool || runs.length > 0;
  if (step.component !== undefined) return draft.component === step.component && ofPool;
  if (step.kinds?.includes(draft.kind) && (pool === null || draft.pool === pool)) return true;
  if (step.role && main && pool !== null && vm?.roles.includes(step.role) && vm.manages === pool) return true;
  return (
    main &&
    runs.some(
      ({ product, serves }) =>
        step.runs?.includes(product) && (!step.named || pool === null || serves.includes(pool) || vm?.manages === pool),
    )
  );
}

function pickAll(steps: readonly Selector[], pick: (step: Selector) => readonly Draft[]): readonly Picked[] {
  const taken = new Set<Draft>();
  return steps.map((step) => {
    const drafts = pick(step).filter((draft) => !taken.has(draft));
    for (const draft of drafts) taken.add(draft);
    return { label: step.label, drafts };
  });
}

export function link(picked: readonly Picked[], text: (before: Picked, after: Picked) => string): readonly Edge[] {
  const there = picked.filter(({ drafts }) => drafts.length > 0);
  return there.flatMap((after, i) => {
    const before = there[i - 1];
    return before ? allBefore(before.drafts, after.drafts, text(before, after)) : [];
  });
}

/** Links along `serves`: two Kubernetes clusters in one estate do not wait for each other. */
function served(world: World, picked: readonly Picked[], steps: readonly Selector[]): readonly Edge[] {
  const there = picked.flatMap((set, i) => (set.drafts.length > 0 ? [{ ...set, step: steps[i] }] : []));
  return there.flatMap((after, i) => {
    const before = there[i - 1];
    if (!before) return [];
    return [...byServers(world, before.drafts, before.step, after.drafts).values()].flatMap(({ servers, clients }) => {
      const names = withNames({ label: before.label, drafts: servers });
      return allBefore(servers, clients, `${names} before ${after.label}`);
    });
  });
}

/** Clients that have the same servers, together. */
function byServers(world: World, befores: readonly Draft[], step: Selector | undefined, afters: readonly Draft[]) {
  const found = new Map<string, { readonly servers: readonly Draft[]; readonly clients: Draft[] }>();
  for (const after of afters) {
    const servers = befores.filter((one) => serves(world, one, step, after));
    const key = servers.map(({ id }) => id).join(" ");
    const known = found.get(key);
    if (known) known.clients.push(after);
    else found.set(key, { servers, clients: [after] });
  }
  return found;
}

function serves(world: World, before: Draft, step: Selector | undefined, after: Draft): boolean {
  const groups = world.groups.filter((group) => group.members.includes(after.target)).map(({ name }) => name);
  const places = [
    after.target,
    after.pool ?? "",
    ...groups,
    ...runsOf(world, after.target).flatMap((run) => run.serves),
  ];
  return runsOf(world, before.target)
    .filter(({ product }) => step?.runs?.includes(product))
    .some((run) => run.serves.length === 0 || run.serves.some((name) => places.includes(name)));
}

/** At most this many names in a sentence; a plan card has little room. */
const mostNames = 3;

function withNames({ label, drafts }: Picked): string {
  const names = [...new Set(drafts.map(({ target }) => target))];
  const shown = names.slice(0, mostNames).join(", ");
  return names.length > mostNames ? `${label} (${shown} and ${names.length - mostNames} more)` : `${label} (${shown})`;
}

function byTarget(drafts: readonly Draft[]): ReadonlyMap<string, readonly Draft[]> {
  const found = new Map<string, Draft[]>();
  for (const draft of drafts) {
    const known = found.get(draft.target);
    if (known) known.push(draft);
    else found.set(draft.target, [draft]);
  }
  return found;
}
