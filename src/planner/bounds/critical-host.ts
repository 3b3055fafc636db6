import type { Problem, ProblemHost } from "../../domain/problem.ts";
import { type Claim, noClaim } from "./claim.ts";
import { showSeconds } from "./figures-text.ts";
import type { PendingHost, PoolFigures } from "./pool-figures.ts";

/**
 * Term A of planning.md 3: the host that takes longest, E + P, and patches that go in beside running VMs.
 * Proof: a host is emptied, then patched.
 */
export function boundCriticalHost({ hosts, pending }: PoolFigures): Claim {
  let best: Claim = noClaim;
  for (const host of hosts) if (host.inPlaceSeconds > best.seconds) best = claimInPlace(host);
  for (const one of pending) if (one.evacuation + one.seconds > best.seconds) best = claimHost(one);
  return best;
}

function claimInPlace(host: ProblemHost): Claim {
  const seconds = host.inPlaceSeconds;
  return { seconds, explain: () => `host ${host.id} alone: ${showSeconds(seconds)} to patch it in place` };
}

function claimHost({ host, evacuation, seconds }: PendingHost): Claim {
  return {
    seconds: evacuation + seconds,
    explain: () => `host ${host.id} alone: ${showSeconds(evacuation)} to empty it and ${showSeconds(seconds)} to patch`,
  };
}

/**
 * Hosts that must be patched one after another (`precedes`): the earliest start of a patch is the later of its own
 * evacuation and the earliest ends of all patches before it. Proof: induction along the pairs. Pairs with a host
 * that has no patch say nothing; in a circle, for which no plan exists, the pair that closes it is left out.
 */
export function boundChains(problem: Problem, pending: readonly PendingHost[]): Claim {
  if (problem.precedes.length === 0) return noClaim;
  const byId = new Map(pending.map((one) => [one.host.id, one]));
  const before = new Map<string, string[]>();
  for (const [first, second] of problem.precedes)
    if (byId.has(first) && byId.has(second)) before.set(second, [...(before.get(second) ?? []), first]);
  const ends = new Map<string, { readonly seconds: number; readonly chain: readonly PendingHost[] }>();
  const visit = (one: PendingHost, open: ReadonlySet<string>) => {
    const known = ends.get(one.host.id);
    if (known) return known;
    let longest: { seconds: number; chain: readonly PendingHost[] } = { seconds: one.evacuation, chain: [] };
    for (const id of before.get(one.host.id) ?? []) {
      const earlier = byId.get(id);
      if (!earlier || open.has(id) || id === one.host.id) continue;
      const end = visit(earlier, new Set([...open, one.host.id]));
      if (end.seconds > longest.seconds) longest = end;
    }
    const own = { seconds: longest.seconds + one.seconds, chain: [...longest.chain, one] };
    ends.set(one.host.id, own);
    return own;
  };
  let best: Claim = noClaim;
  for (const one of pending) {
    const { seconds, chain } = visit(one, new Set());
    if (chain.length > 1 && seconds > best.seconds) best = { seconds, explain: () => explainChain(chain) };
  }
  return best;
}

function explainChain(chain: readonly PendingHost[]): string {
  let patching = 0;
  for (const { seconds } of chain) patching += seconds;
  const names = chain.map(({ host }) => host.id).join(", then ");
  const first = chain[0]?.evacuation ?? 0;
  return `fixed order: ${names}: ${showSeconds(first)} to empty the first and ${showSeconds(patching)} to patch them one after another`;
}
