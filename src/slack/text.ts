export { durationWords as duration } from "../domain/time-words.ts";

/** Slack's limits that our texts can meet (slack.md 5.2), in characters unless said otherwise. */
export const slackLimits = {
  sectionText: 3000,
  headerText: 150,
  contextElements: 10,
  confirmText: 300,
  blocks: 50,
  taskTitle: 150,
} as const;

/** Makes any text harmless in mrkdwn: Slack's three control characters become entities. */
export function plain(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** At most `max` characters; what is cut is marked. */
export function cut(text: string, max: number): string {
  // Never half an emoji: Slack refuses text that is not well-formed.
  return text.length <= max ? text : `${text.slice(0, max - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}

/** A moment in the reader's own time zone. */
export function moment(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const utc = new Date(ms).toISOString().slice(11, 16);
  return `<!date^${seconds}^{date_short_pretty} {time}|${utc} UTC>`;
}

/** Lines packed into as few texts of at most `max` characters as possible; a longer line is cut. */
export function pack(lines: readonly string[], max: number = slackLimits.sectionText - 100): readonly string[] {
  const texts: string[] = [];
  for (const line of lines.map((one) => cut(one, max))) {
    const last = texts.at(-1);
    if (last !== undefined && last.length + 1 + line.length <= max) texts[texts.length - 1] = `${last}\n${line}`;
    else texts.push(line);
  }
  return texts;
}

/** What is left out is counted, never silent: `… and 12 more in the thread`. */
function more(left: number, where: string): string {
  return `… and ${left} more${where}`;
}

/** As many of the lines as fit into `most` texts; where `most` is too few, the last line counts the rest. */
export function packFew(first: string, lines: readonly string[], most: number, where = ""): readonly string[] {
  const whole = pack([first, ...lines]);
  if (whole.length <= most) return whole;
  const shortened = (n: number) => pack([first, ...lines.slice(0, n), more(lines.length - n, where)]);
  let fits = 0;
  let tooMany = lines.length;
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2);
    if (shortened(middle).length <= most) fits = middle;
    else tooMany = middle;
  }
  return shortened(fits);
}

/** As many of the items as fit into one text of `max` characters, parted by `by`; the rest is counted. */
export function joinFew(items: readonly string[], by: string, max: number, where = ""): string {
  const whole = items.join(by);
  if (whole.length <= max) return whole;
  let shown = "";
  for (const [i, item] of items.entries()) {
    const next = i === 0 ? cut(item, max - 60) : `${shown}${by}${item}`;
    if (next.length > max - 50) return `${shown} ${more(items.length - i, where)}`;
    shown = next;
  }
  return shown;
}
