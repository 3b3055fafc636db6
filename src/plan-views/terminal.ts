/** What the place where text appears can show. */
export interface Style {
  readonly colour: boolean;
  /** False: plain ASCII, for files, pipes and old consoles. */
  readonly unicode: boolean;
  /** Columns. */
  readonly width: number;
}

const codes = {
  bold: 1,
  dim: 2,
  red: 31,
  green: 32,
  yellow: 33,
  blue: 34,
  magenta: 35,
  cyan: 36,
} as const;
export type Paint = keyof typeof codes;

/** Text in a colour, where there are colours. Lay text out first: the codes have a length. */
export function paint(text: string, how: Paint | null, style: Style): string {
  return style.colour && how !== null && text !== "" ? `\u001b[${codes[how]}m${text}\u001b[0m` : text;
}

const plainSigns: Readonly<Record<string, string>> = {
  "→": "->",
  "←": "<-",
  "·": "-",
  "…": "...",
  "–": "-",
  "×": "x",
  "↓": "v",
};

/**
 * Text from outside made harmless for a terminal: control characters and the ones that turn the direction of
 * writing are shown as `?`, so that no name can move the cursor or hide a line.
 */
export function clean(text: string, style: Style): string {
  const harmless = text.replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "?");
  return style.unicode ? harmless : harmless.replace(/[→←·…–×↓]/g, (sign) => plainSigns[sign] ?? "?");
}

/** Exactly `width` characters: filled up with spaces, or cut with a mark. */
export function fitTo(text: string, width: number, style: Style, side: "left" | "right" = "left"): string {
  const cut = cutTo(text, width, style);
  return side === "left" ? cut.padEnd(width) : cut.padStart(width);
}

/** At most `width` characters; what is cut is marked. */
export function cutTo(text: string, width: number, style: Style): string {
  if (text.length <= width) return text;
  const mark = style.unicode ? "…" : "...";
  return width <= mark.length ? mark.slice(0, width) : text.slice(0, width - mark.length).trimEnd() + mark;
}

/** Lines of at most `width` characters, broken at spaces; a longer word is cut. */
export function wrap(text: string, width: number, style: Style): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ").map((one) => cutTo(one, width, style))) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return line === "" ? lines : [...lines, line];
}
