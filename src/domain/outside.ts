/**
 * Words from outside (machines, drivers, what somebody typed) for a sentence of ours. Our own sentences
 * may mention people as `<@U…>`, and views keep that; in words from outside it must stay text.
 */
export function outside(text: string): string {
  return text.replaceAll("<@", "‹@");
}
