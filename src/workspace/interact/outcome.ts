/** What happened to something a person did. `error` is Slack's word, `hint` says it to a person. */
export type Outcome = { readonly ok: true } | { readonly ok: false; readonly error: string; readonly hint?: string };

export function failed(error: string, hint?: string): Outcome & { readonly ok: false } {
  return { ok: false, error, ...(hint === undefined ? {} : { hint }) };
}
