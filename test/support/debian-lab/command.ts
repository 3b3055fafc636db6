import { execFile } from "node:child_process";

export interface Answer {
  /** Exit code; 255 stands for a signal. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program with an argument list, no shell. Resolves whatever the exit code is. */
export function answerOf(program: string, args: readonly string[], timeoutMs = 60_000): Promise<Answer> {
  return new Promise((resolve) => {
    execFile(program, args, { timeout: timeoutMs, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      const code = error ? (typeof error.code === "number" ? error.code : 255) : 0;
      resolve({ code, stdout, stderr: stderr || (error && code === 255 ? String(error) : "") });
    });
  });
}

/** The same, but an exit code other than 0 is an error with the program's last words. */
export async function run(program: string, args: readonly string[], timeoutMs?: number): Promise<string> {
  const answer = await answerOf(program, args, timeoutMs);
  if (answer.code !== 0) {
    const words = (answer.stderr || answer.stdout).trim().slice(-800);
    throw new Error(`${program} ${args.join(" ")} ended with ${answer.code}: ${words}`);
  }
  return answer.stdout;
}

/** Asks until the answer is not null. Facts with a deadline instead of sleeping and hoping. */
export async function until<T>(what: string, seconds: number, ask: () => Promise<T | null>): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const found = await ask();
    if (found !== null) return found;
    if (Date.now() > deadline) throw new Error(`waited ${seconds} s in vain: ${what}`);
    await new Promise((resume) => setTimeout(resume, 100));
  }
}
