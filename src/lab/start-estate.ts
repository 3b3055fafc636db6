import type { AddressInfo } from "node:net";
import { performance } from "node:perf_hooks";
import { fastClock } from "./clock.ts";
import { Estate, type EstateInput } from "./estate.ts";
import { estates } from "./estates/index.ts";
import { estateServer } from "./http/server.ts";
import { loadTruth, saveTruth } from "./store.ts";
import { newTruth } from "./truth.ts";
import { openWorld, type World } from "./world.ts";

export interface EstateOptions {
  /** 0 (default): any free port. */
  readonly port?: number;
  /** World seconds per real second. Default 60. */
  readonly rate?: number;
  /** Where the truth is kept over restarts. Without it, it is forgotten. */
  readonly dataFile?: string;
  /** A name of a built-in estate or an estate of one's own. Default `cluster-a`. Ignored when the data file exists. */
  readonly estate?: string | EstateInput;
}

export interface RunningEstate {
  readonly url: string;
  readonly world: World;
  /** Saves, drops all connections and ends. */
  close(): Promise<void>;
}

/** How often the clock is saved while nothing happens: a kill costs at most this much of the world's time. */
const heartbeatMs = 1000;

/** Starts the simulator on 127.0.0.1. Throws for an unknown estate, an unreadable data file or a taken port. */
export async function startEstate(options: EstateOptions = {}): Promise<RunningEstate> {
  const { port = 0, rate = 60, dataFile, estate = "cluster-a" } = options;
  const stored = dataFile === undefined ? null : loadTruth(dataFile);
  const truth = stored ?? newTruth(readEstate(estate), Date.now());
  const clock = fastClock({ rate, startAt: truth.now, realNow: () => performance.now() });
  const save = () => {
    if (dataFile !== undefined) saveTruth(dataFile, truth);
  };
  const world = openWorld({ truth, clock, save });
  const server = estateServer(world);
  await new Promise<void>((listening, failed) => {
    server.once("error", failed);
    server.listen(port, "127.0.0.1", () => listening());
  });
  const heartbeat = setInterval(() => world.touched(), heartbeatMs);
  save();
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${bound}`,
    world,
    close: async () => {
      clearInterval(heartbeat);
      world.touched();
      await new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      });
    },
  };
}

function readEstate(estate: string | EstateInput): Estate {
  if (typeof estate !== "string") return Estate.parse(estate);
  const found = estates[estate];
  if (!found) throw new Error(`There is no estate called ${estate}. Built in: ${Object.keys(estates).join(", ")}.`);
  return Estate.parse(found);
}
