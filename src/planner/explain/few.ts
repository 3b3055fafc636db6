/** Names told one by one; the rest is counted. */
const namesShown = 4;

/** `a, b, c, d and 96 more`. */
export function few(names: readonly string[]): string {
  const shown = names.slice(0, namesShown).join(", ");
  return names.length > namesShown ? `${shown} and ${names.length - namesShown} more` : shown;
}
