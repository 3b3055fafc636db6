import { readFile, rename, writeFile } from "node:fs/promises";
import { z } from "zod";
import type { World } from "./world.ts";

/** Long enough to gather a burst of edits, short enough that a crash loses next to nothing. */
const SAVE_DELAY_MS = 200;

const record = z.record(z.string(), z.unknown());
const SavedMessage = z.object({
  ts: z.string(),
  channel: z.string(),
  user: z.string(),
  text: z.string(),
  version: z.number(),
  appId: z.string().exactOptional(),
  blocks: z.array(record).exactOptional(),
  attachments: z.array(record).exactOptional(),
  metadata: record.exactOptional(),
  threadTs: z.string().exactOptional(),
  broadcast: z.boolean().exactOptional(),
  edited: z.object({ user: z.string(), ts: z.string() }).exactOptional(),
  reactions: z.array(z.object({ name: z.string(), users: z.array(z.string()) })).exactOptional(),
});
const SavedChannel = z.object({
  id: z.string(),
  name: z.string(),
  topic: z.string(),
  isPrivate: z.boolean(),
  isDirect: z.boolean(),
  members: z.array(z.string()),
});
const SavedWorkspace = z.object({
  format: z.literal(1),
  ids: z.object({ count: z.number(), lastTsMicros: z.number() }),
  channels: z.array(SavedChannel),
  messages: z.array(SavedMessage),
});

export interface Persistence {
  /** Writes what is still unwritten and stops. */
  close(): Promise<void>;
}

/**
 * Keeps messages, threads, channels and the timestamp counter in `dataFile`. Ephemerals and modals are
 * not kept: they are gone after a reload in Slack, too.
 * @throws Error when the file exists and is not one of ours (it is left untouched).
 */
export async function startPersistence(world: World, dataFile: string): Promise<Persistence> {
  await load(world, dataFile);
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  function save(): void {
    timer = undefined;
    writing = writing.then(() => write(world, dataFile));
    // A full disk must not end the workspace; the next change tries again.
    writing = writing.catch((error: unknown) =>
      console.error(`local workspace: ${dataFile} not saved: ${String(error)}`),
    );
  }
  const unlisten = world.feed.listen(({ type }) => {
    const matters = ["posted", "updated", "deleted", "channels", "reset"].includes(type);
    if (matters && timer === undefined) timer = setTimeout(save, SAVE_DELAY_MS);
  });
  return {
    async close() {
      unlisten();
      clearTimeout(timer);
      save();
      await writing;
    },
  };
}

async function load(world: World, dataFile: string): Promise<void> {
  const source = await readFile(dataFile, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (source === undefined) return;
  let saved: z.output<typeof SavedWorkspace>;
  try {
    saved = SavedWorkspace.parse(JSON.parse(source));
  } catch (cause) {
    throw new Error(`${dataFile} is not a saved local workspace. Move it away to start empty.`, { cause });
  }
  world.ids.restore(saved.ids);
  world.channels.restore(saved.channels);
  world.messages.restore(saved.messages.map((message) => ({ ...message, earlier: [] })));
}

/** First beside, then over: a crash in between leaves the old file whole. */
async function write(world: World, dataFile: string): Promise<void> {
  const messages = world.messages.all().map(({ earlier: _earlier, ...message }) => message);
  const saved = { format: 1, ids: world.ids.snapshot(), channels: world.channels.all(), messages };
  await writeFile(`${dataFile}.tmp`, JSON.stringify(saved));
  await rename(`${dataFile}.tmp`, dataFile);
}
