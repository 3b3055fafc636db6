import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { answerOf, run, until } from "./command.ts";
import { hostFolder, layout, namespaceOf } from "./layout.ts";
import { plugIn, unplug } from "./network.ts";

const supervisor = fileURLToPath(new URL("./supervise.sh", import.meta.url));
/** SIGRTMIN+4 asks systemd to power off. */
const powerOffSignal = "-RTMIN+4";

/**
 * Lays a host out: a small file system of its own (tmpfs, so that it can be filled without harm), the
 * base image below it, and its host key, known before the first boot. Returns the key's public half.
 */
export async function makeMachine(name: string, address: string, image: string, diskMiB: number): Promise<string> {
  const folder = hostFolder(name);
  await mkdir(join(folder, "disk"), { recursive: true });
  await mkdir(join(folder, "merged"));
  await run("mount", ["-t", "tmpfs", "-o", `size=${diskMiB}m,mode=755`, "tmpfs", join(folder, "disk")]);
  const ssh = join(folder, "disk", "up", "etc", "ssh");
  await mkdir(ssh, { recursive: true });
  await mkdir(join(folder, "disk", "wk"));
  const key = join(ssh, "ssh_host_ed25519_key");
  await run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", name, "-f", key]);
  await writeFile(join(folder, "disk", "up", "etc", "hostname"), `${name}\n`);
  const hostKey = (await readFile(`${key}.pub`, "utf8")).split(" ").slice(0, 2).join(" ");
  await writeFile(join(folder, "known_hosts"), `${address} ${hostKey}\n`);
  await mountLayers(name, image);
  await plugIn(name, address);
  return hostKey;
}

/** Back to the state before the first boot, same key, same address. Leaves it switched off. */
export async function resetMachine(name: string, image: string): Promise<void> {
  const disk = join(hostFolder(name), "disk");
  await cutPower(name);
  await unmount(join(hostFolder(name), "merged"));
  const keep = ["etc/hostname", "etc/ssh/ssh_host_ed25519_key", "etc/ssh/ssh_host_ed25519_key.pub"];
  await run("tar", ["-C", join(disk, "up"), "-cf", join(disk, "keep.tar"), ...keep]);
  await rm(join(disk, "up"), { recursive: true });
  await rm(join(disk, "wk"), { recursive: true });
  await mkdir(join(disk, "up"));
  await mkdir(join(disk, "wk"));
  await run("tar", ["-C", join(disk, "up"), "-xf", join(disk, "keep.tar")]);
  await rm(join(disk, "keep.tar"));
  await rm(join(hostFolder(name), "reboot-delay"), { force: true });
  await mountLayers(name, image);
}

async function mountLayers(name: string, image: string): Promise<void> {
  const folder = hostFolder(name);
  const layers = `lowerdir=${image},upperdir=${folder}/disk/up,workdir=${folder}/disk/wk`;
  await run("mount", ["-t", "overlay", "overlay", "-o", layers, join(folder, "merged")]);
}

/** Switches the host on. Its supervisor is a process of its own and would outlive a killed test run. */
export function switchOn(name: string): void {
  const child = spawn("sh", [supervisor, hostFolder(name), name, namespaceOf(name)], {
    detached: true,
    stdio: "ignore",
  });
  child.unref();
}

/** Clean shut-down from inside. */
export async function powerOff(name: string): Promise<void> {
  const leader = await leaderOf(name);
  if (leader !== null) await answerOf("kill", [powerOffSignal, leader]);
  await until(`${name} powers off`, 60, async () => (supervisorOf(name) === null ? true : null));
}

/** Power failure: supervisor first, else it might start the host again. */
export async function cutPower(name: string): Promise<void> {
  const leader = await leaderOf(name);
  const nspawn = ownPid(name, "nspawn.pid");
  for (const pid of [supervisorOf(name), leader, nspawn]) {
    if (pid !== null) await answerOf("kill", ["-9", pid]);
  }
  for (const pid of [leader, nspawn]) {
    if (pid !== null) await until(`process ${pid} of ${name} ends`, 20, async () => (alive(pid) ? null : true));
  }
  await rm(join(hostFolder(name), "sup.pid"), { force: true });
  await rm(join(hostFolder(name), "nspawn.pid"), { force: true });
}

/** Removes every trace of the host. Works on what a killed run left behind, too. */
export async function removeMachine(name: string): Promise<void> {
  const folder = hostFolder(name);
  await cutPower(name);
  for (const place of ["merged", "disk"]) await unmount(join(folder, place));
  await unplug(name);
  await rm(folder, { recursive: true, force: true });
}

async function unmount(place: string): Promise<void> {
  const mounted = () => readFileSync("/proc/mounts", "utf8").includes(` ${place} `);
  await until(`${place} can be unmounted`, 20, async () => {
    if (mounted()) await answerOf("umount", [place]);
    return mounted() ? null : true;
  });
}

function supervisorOf(name: string): string | null {
  return ownPid(name, "sup.pid");
}

/** The host's process 1. */
async function leaderOf(name: string): Promise<string | null> {
  const nspawn = ownPid(name, "nspawn.pid");
  if (nspawn === null) return null;
  const children = (await answerOf("pgrep", ["-P", nspawn])).stdout.trim();
  return children === "" ? null : (children.split("\n")[0] ?? null);
}

/** A pid from a file, but only while it is a process of this lab: numbers are used again. */
function ownPid(name: string, file: string): string | null {
  const path = join(hostFolder(name), file);
  if (!existsSync(path)) return null;
  const pid = readFileSync(path, "utf8").trim();
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(layout.hosts) ? pid : null;
  } catch {
    return null;
  }
}

function alive(pid: string): boolean {
  return existsSync(`/proc/${pid}`);
}
