/** A limit that no plan can beat. The words are made only for the one that binds. */
export interface Claim {
  /** No plan ends before, in seconds from the start. */
  readonly seconds: number;
  readonly explain: () => string;
}

export const noClaim: Claim = { seconds: 0, explain: () => "nothing to patch" };

/** The strongest; of equals the first. */
export function strongestOf(claims: Iterable<Claim>): Claim {
  let best = noClaim;
  for (const claim of claims) if (claim.seconds > best.seconds) best = claim;
  return best;
}
