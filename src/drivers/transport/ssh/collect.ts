/** 4 MiB: more than any list of packages, less than what hurts. */
export const outputLimit = 4 * 1024 * 1024;

/** Gathers output up to the limit, and remembers whether something had to be left out. */
export class Collector {
  readonly #chunks: Buffer[] = [];
  #size = 0;
  cut = false;

  add(chunk: Buffer): void {
    const room = outputLimit - this.#size;
    if (chunk.length > room) this.cut = true;
    if (room <= 0) return;
    const kept = chunk.subarray(0, room);
    this.#chunks.push(kept);
    this.#size += kept.length;
  }

  /** Decoded in one piece: a character may be split between two chunks. */
  text(): string {
    return Buffer.concat(this.#chunks).toString("utf8");
  }
}
