const limit = 500;
/** Progress of downloads and unpacking: true, but not why something failed. */
const noise = /^(Get:|Hit:|Ign:|Fetched |Reading |Building |Preparing to|Unpacking |Selecting |\(Reading|Calculating )/;

/**
 * The last lines of a program's output that may mean something, for a message to people: no control
 * characters, no credentials in addresses, at most 500 characters.
 */
export function lastWords(output: string): string {
  const lines = output
    .split("\n")
    .map(sanitise)
    .filter((line) => line !== "" && !noise.test(line));
  const text = lines.slice(-6).join(" / ");
  return text.length <= limit ? text : `…${text.slice(-(limit - 1))}`;
}

export function sanitise(line: string): string {
  return line
    .replace(/\p{Cc}\[[0-9;]*[A-Za-z]/gu, "")
    .replace(/\p{Cc}/gu, " ")
    .replace(/(\w+:\/\/)[^/@\s]+@/g, "$1…@")
    .trim();
}
