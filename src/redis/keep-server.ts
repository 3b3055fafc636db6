import type { ServerProgram } from "./find-server.ts";
import { type OwnServer, startOwnServer } from "./own-server.ts";

/** How often the server is looked after. */
const lookMs = 500;

/**
 * A server of ours that is started again, on the same port and folder, whenever it ends without being
 * asked to. Nothing is lost by that: every write is on disk before it is answered.
 */
export async function keepOwnServer(
  program: ServerProgram,
  folder: string,
  say: (line: string) => void,
): Promise<OwnServer> {
  let server = await startOwnServer(program, folder);
  let starting: Promise<void> | null = null;
  const startAgain = async () => {
    say("Redis ended; starting it again");
    try {
      server = await startOwnServer(program, folder, server.port);
      say("Redis is back");
    } catch (error) {
      say(error instanceof Error ? error.message : "Redis does not start");
    } finally {
      starting = null;
    }
  };
  const timer = setInterval(() => {
    if (starting === null && !server.there()) starting = startAgain();
  }, lookMs);
  return {
    url: server.url,
    async stop() {
      clearInterval(timer);
      await starting;
      await server.stop();
    },
  };
}
