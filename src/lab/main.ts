import { parseArgs } from "node:util";
import { z } from "zod";
import { startEstate } from "./start-estate.ts";

const usage = "usage: main.js [--port 3100] [--estate cluster-a] [--rate 60] [--data FILE]";

const Options = z.object({
  port: z.coerce.number().int().min(0).max(65535).default(3100),
  estate: z.string().default("cluster-a"),
  rate: z.coerce.number().positive().max(100_000).default(60),
  data: z.string().optional(),
});

function readOptions() {
  const text = { type: "string" } as const;
  try {
    const { values } = parseArgs({ options: { port: text, estate: text, rate: text, data: text } });
    return Options.parse(values);
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : error instanceof Error ? error.message : error;
    console.error(`${why}\n${usage}`);
    return process.exit(2);
  }
}

async function main(): Promise<void> {
  const { port, estate, rate, data } = readOptions();
  const running = await startEstate({ port, estate, rate, ...(data === undefined ? {} : { dataFile: data }) });
  const stop = () => {
    running.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
  // Started by another process of ours: never outlive it.
  process.once("disconnect", stop);
  console.log(`estate ${estate} (simulated) on ${running.url}, ${rate} world seconds per second`);
  process.send?.({ url: running.url });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
