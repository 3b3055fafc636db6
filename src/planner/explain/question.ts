/** A question about a plan, as it was understood. Names are still as people typed them. */
export type Question =
  | { readonly ask: "place"; readonly name: string }
  /** Why `first` is before `second` in the plan. */
  | { readonly ask: "order"; readonly first: string; readonly second: string }
  /** What forbids `first` before `second`. */
  | { readonly ask: "not-order"; readonly first: string; readonly second: string }
  | { readonly ask: "down"; readonly name: string }
  | { readonly ask: "long" };

/** Longest question that is read: no name needs more. */
const longest = 300;

/** Reads a question in the few forms that `questionForms` lists; anything else is taken for a name. */
export function readQuestion(given: string): Question {
  const text = given
    .slice(0, longest)
    .trim()
    .replace(/\s+/g, " ")
    .replace(/\s?\?+$/, "");
  if (/^why (?:does it take |is it |is this )?so (?:long|slow)$/i.test(text)) return { ask: "long" };
  const down = /^why (?:is|does|will|must) (\S+) (?:be |go |goes )?down$/i.exec(text);
  if (down) return { ask: "down", name: down[1] ?? "" };
  const not = /^why (?:not|can't|cannot|isn't) (\S+) (?:go |be |patched )*(before|after) (\S+)$/i.exec(text);
  if (not) return ordered("not-order", not);
  const order = /^why (?:is |does |goes )?(\S+) (?:go |goes |be |patched )*(before|after) (\S+)$/i.exec(text);
  if (order) return ordered("order", order);
  return { ask: "place", name: text.replace(/^why (?:is )?/i, "") };
}

function ordered(ask: "order" | "not-order", found: RegExpExecArray): Question {
  const [, one = "", word = "", other = ""] = found;
  return word.toLowerCase() === "before" ? { ask, first: one, second: other } : { ask, first: other, second: one };
}

/** What can be asked, for usage lines. */
export const questionForms = [
  "xen-2",
  "s014",
  "why xen-1 before xen-2",
  "why not xen-2 before xen-1",
  "why is db-1 down",
  "why so long",
] as const;
