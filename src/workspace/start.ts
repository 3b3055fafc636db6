import { randomBytes } from "node:crypto";
import { type Control, createControl } from "./control/control.ts";
import { controlRoute } from "./control/serve-control.ts";
import { defaultSeed } from "./default-seed.ts";
import { pageRoute } from "./page/serve-page.ts";
import { startPersistence } from "./persistence.ts";
import { parseSeed, type WorkspaceSeed } from "./seed.ts";
import { listen } from "./server.ts";
import { createWorld } from "./world.ts";

export interface WorkspaceOptions {
  /** 0 (the default) takes a free port. */
  readonly port?: number;
  /** Default: `defaultSeed`. */
  readonly seed?: WorkspaceSeed;
  /** Where messages survive a restart. Without it nothing does. */
  readonly dataFile?: string;
  /** Whether the Web API answers 429 as Slack does. Default true. */
  readonly rateLimits?: boolean;
  /** After how many milliseconds an event nobody took is sent again. Default 0, 1 min, 5 min. */
  readonly eventRetryDelaysMs?: readonly number[];
}

export interface Workspace {
  /** The page: `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** For `clientOptions.slackApiUrl`. */
  readonly apiUrl: string;
  /** For `POST /_control/<verb>`. */
  readonly controlToken: string;
  readonly control: Control;
  /** Ends all connections and writes the data file. */
  close(): Promise<void>;
}

/**
 * Starts a Slack-compatible workspace on 127.0.0.1. It is NOT Slack: see docs/workspace.md.
 * @throws Error when the seed is wrong, the port is taken, or the data file is not ours.
 */
export async function startWorkspace(options: WorkspaceOptions = {}): Promise<Workspace> {
  const { port = 0, dataFile, rateLimits = true, eventRetryDelaysMs } = options;
  const seed = parseSeed(options.seed ?? defaultSeed);
  const world = createWorld({ seed, rateLimits, ...(eventRetryDelaysMs === undefined ? {} : { eventRetryDelaysMs }) });
  const persistence = dataFile === undefined ? undefined : await startPersistence(world, dataFile);
  const control = createControl(world);
  const controlToken = randomBytes(16).toString("hex");
  const server = await listen(world, port, [controlRoute(control, controlToken), pageRoute(world, control)]);

  async function close(): Promise<void> {
    await world.sockets.close();
    world.clock.close();
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
    await persistence?.close();
  }
  return { url: world.url, apiUrl: `${world.url}/api/`, controlToken, control, close };
}
