import type { App, Seed } from "../seed.ts";

export type TokenKind = "bot" | "app";

export interface Tokens {
  /** The app behind a token, or undefined for one that is unknown or revoked. */
  find(token: string): { readonly app: App; readonly kind: TokenKind } | undefined;
  /** From now on the token is `invalid_auth`. False when no app has it. */
  revoke(token: string): boolean;
  reset(): void;
}

export function createTokens(seed: Seed): Tokens {
  const revoked = new Set<string>();
  const find = (token: string): { app: App; kind: TokenKind } | undefined => {
    for (const app of seed.apps) {
      if (app.botToken === token) return { app, kind: "bot" };
      if (app.appToken === token) return { app, kind: "app" };
    }
    return undefined;
  };
  return {
    find: (token) => (revoked.has(token) ? undefined : find(token)),
    revoke(token) {
      if (find(token) === undefined) return false;
      revoked.add(token);
      return true;
    },
    reset: () => revoked.clear(),
  };
}
