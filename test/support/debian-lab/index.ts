import { run } from "./command.ts";
import { type LabHost, labHost } from "./host.ts";
import { prepareImage } from "./image.ts";
import { roomForHosts } from "./inotify.ts";
import { hostAddress, layout } from "./layout.ts";
import { makeMachine, switchOn } from "./machine.ts";
import { configuredMirror } from "./mirror.ts";
import { missing } from "./missing.ts";
import { makeBridge } from "./network.ts";
import { startProxy } from "./proxy.ts";
import { giveBackLab, sweep, takeLab } from "./sweep.ts";

export type { LabHost, PatchDay } from "./host.ts";
export { type ServiceVariant, servicePackage } from "./service-package.ts";

export interface LabOptions {
  /** How many hosts (named deb1, deb2, …), or their names: at most 13 characters each. */
  readonly hosts: number | readonly string[];
  /** Size of each host's disk beyond the shared image; only what is written costs memory. */
  readonly diskMiB?: number;
}

export interface Lab {
  readonly hosts: readonly LabHost[];
  /** Removes hosts, network and proxy. The base image stays for the next time. */
  close(): Promise<void>;
}

/** Real Debian hosts on this machine. See docs/debian-lab.md. */
export const debianLab = { missing } as const;

/** Starts hosts and waits until all are up. The first call on a machine builds the base image (about a minute). */
export async function startLab(options: LabOptions): Promise<Lab> {
  const mirror = configuredMirror();
  if (mirror === null) throw new Error(missing() ?? "no Debian mirror is configured");
  await takeLab();
  const undo: (() => Promise<void>)[] = [giveBackLab, sweep];
  const close = async () => {
    for (let step = undo.pop(); step !== undefined; step = undo.pop()) await step();
  };
  try {
    await sweep();
    const names = typeof options.hosts === "number" ? numbered(options.hosts) : options.hosts;
    const image = await prepareImage(mirror);
    undo.push(await roomForHosts(names.length));
    await makeBridge();
    const proxy = await startProxy({ mirror, cache: layout.proxyCache, repositories: layout.repositories });
    undo.push(proxy.close);
    const hosts: LabHost[] = [];
    for (const [index, name] of names.entries()) {
      const address = hostAddress(index);
      const hostKey = await makeMachine(name, address, image, options.diskMiB ?? 1024);
      switchOn(name);
      hosts.push(labHost({ name, address, hostKey, mirror, image }));
    }
    await Promise.all(hosts.map((host) => host.up()));
    await Promise.all(hosts.map((host) => host.patchDay({ debian: false, service: null })));
    return { hosts, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function numbered(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `deb${index + 1}`);
}

/** Programs the lab leaves running for the outside world to see; for tests of the clean-up. */
export async function tracesOnMachine(): Promise<string> {
  const links = await run("ip", ["-br", "link"]);
  const processes = await run("ps", ["-eo", "pid,args"]);
  const traces = [...links.split("\n"), ...processes.split("\n")];
  return traces.filter((line) => /^labbr0|^v-|systemd-nspawn|supervise\.sh/.test(line)).join("\n");
}
