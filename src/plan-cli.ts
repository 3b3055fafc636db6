import { exitCodes, runPlanCommand } from "./plan-command.ts";
import { wallClock } from "./shared-parts.ts";

// A reader that has seen enough (`| head`) is no error.
process.stdout.on("error", () => process.exit(exitCodes.done));

runPlanCommand(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  terminal: process.stdout.isTTY === true,
  columns: process.stdout.columns ?? null,
  now: wallClock.now,
}).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(`tuesday: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = exitCodes.misused;
  },
);
