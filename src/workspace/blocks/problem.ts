/** What is wrong with a block or view, and where. */
export interface Problem {
  /** JSON pointer such as `/blocks/0/elements/0/value`. */
  readonly pointer: string;
  /** Our own short code; Slack's own codes for these are not documented. */
  readonly code: string;
  readonly message: string;
  readonly constraint?: number | string;
}

/** As Slack writes it into `response_metadata.messages`. */
export function problemLine(problem: Problem): string {
  return `[ERROR] ${problem.message} [json-pointer:${problem.pointer}]`;
}

/** Puts `prefix` (for example `/view`) before every pointer. */
export function under(prefix: string, problems: readonly Problem[]): readonly Problem[] {
  return problems.map((problem) => ({ ...problem, pointer: `${prefix}${problem.pointer}` }));
}
