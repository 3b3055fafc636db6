import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Answer, answerOf, until } from "./command.ts";
import { hostFolder, layout, ownRepository } from "./layout.ts";
import { cutPower, powerOff, resetMachine, switchOn } from "./machine.ts";
import type { Mirror } from "./mirror.ts";
import { setLink } from "./network.ts";
import { gateFile, type ServiceVariant } from "./service-package.ts";

export interface PatchDay {
  /** Debian's updates and security pockets. Default true. */
  readonly debian?: boolean;
  /** Publish version 1.1 of `tuesday-lab-service`, and what it is like. Default `good`; null: do not. */
  readonly service?: ServiceVariant | null;
  /** Can the host still see the old versions? Default true. */
  readonly oldVersions?: boolean;
}

/** A real Debian host. Everything here goes around the driver under test: over an `ssh` client of its own. */
export interface LabHost {
  readonly name: string;
  readonly address: string;
  readonly port: 22;
  readonly user: "root";
  /** Path of the client's private key. */
  readonly identityFile: string;
  /** `ssh-ed25519 AAAA…`, made before the first boot. */
  readonly hostKey: string;
  /** Runs a shell line on the host as root. */
  sh(line: string): Promise<Answer>;
  /** Changes what the host's repositories offer. Runs no apt command. */
  patchDay(day?: PatchDay): Promise<void>;
  /** Name → version of everything installed. */
  installed(): Promise<ReadonlyMap<string, string>>;
  bootId(): Promise<string>;
  /** Waits until systemd has finished booting. */
  up(): Promise<void>;
  switchOn(): void;
  /** A new machine with the same name, address and host key, up and with nothing pending. */
  reset(): Promise<void>;
  powerOff(): Promise<void>;
  cutPower(): Promise<void>;
  linkDown(): Promise<void>;
  linkUp(): Promise<void>;
  /** Fills the disk until so many MiB are left; the returned function frees it. */
  fillDisk(leaveMiB: number): Promise<() => Promise<void>>;
  /** A process on the host holds apt's lock, as another apt would; the returned function ends it. */
  holdAptLock(): Promise<() => Promise<void>>;
  /** Lets a `gated` installation go on. */
  openGate(): Promise<void>;
  /** Waits until a `gated` installation stands at the gate. */
  atGate(): Promise<void>;
  /** As a package would that wants a reboot. */
  requireReboot(why: string): Promise<void>;
  /** How long the machine stays dark on its next reboots. `Infinity`: it never comes back. */
  rebootDelay(seconds: number): Promise<void>;
}

interface HostOptions {
  readonly name: string;
  readonly address: string;
  readonly hostKey: string;
  readonly mirror: Mirror;
  readonly image: string;
}

export function labHost({ name, address, hostKey, mirror, image }: HostOptions): LabHost {
  const sh = (line: string, seconds = 120) =>
    answerOf("ssh", [...sshOptions(name), `root@${address}`, line], seconds * 1000);
  const must = async (line: string): Promise<string> => {
    const answer = await sh(line);
    if (answer.code !== 0) throw new Error(`${name}: ${line} ended with ${answer.code}: ${answer.stderr}`);
    return answer.stdout;
  };
  const patchDay = async (day: PatchDay = {}) => {
    await must(`cat >/etc/apt/sources.list <<'EOF'\n${sourcesOn(mirror, day).join("\n")}\nEOF`);
  };
  const up = async () => {
    await until(`${name} is up`, 120, async () => {
      const state = (await sh("systemctl is-system-running", 10)).stdout.trim();
      return state === "running" || state === "degraded" ? true : null;
    });
  };
  return {
    name,
    address,
    port: 22,
    user: "root",
    identityFile: layout.identityFile,
    hostKey,
    sh,
    patchDay,
    installed: async () => versionsOf(await must(`dpkg-query -W -f '\${Package}=\${Version}\\n'`)),
    bootId: async () => (await must("cat /proc/sys/kernel/random/boot_id")).trim(),
    up,
    reset: async () => {
      await setLink(name, true);
      await resetMachine(name, image);
      switchOn(name);
      await up();
      await patchDay({ debian: false, service: null });
    },
    switchOn: () => switchOn(name),
    powerOff: () => powerOff(name),
    cutPower: () => cutPower(name),
    linkDown: () => setLink(name, false),
    linkUp: () => setLink(name, true),
    fillDisk: (leaveMiB) => fill(must, leaveMiB),
    holdAptLock: () => holdLock(must),
    openGate: async () => void (await must(`touch ${gateFile}`)),
    atGate: async () => {
      const stands = async () => ((await sh("test -e /run/tuesday-lab-waiting")).code === 0 ? true : null);
      await until(`${name} waits at the gate`, 60, stands);
    },
    requireReboot: async (why) =>
      void (await must(`touch /run/reboot-required; echo '${why}' >>/run/reboot-required.pkgs`)),
    rebootDelay: async (seconds) => {
      const file = join(hostFolder(name), "reboot-delay");
      if (seconds === 0) await rm(file, { force: true });
      else await writeFile(file, seconds === Number.POSITIVE_INFINITY ? "infinity" : String(seconds));
    },
  };
}

function sshOptions(name: string): string[] {
  const known = join(hostFolder(name), "known_hosts");
  const settings = ["BatchMode=yes", "ConnectTimeout=2", "StrictHostKeyChecking=yes", `UserKnownHostsFile=${known}`];
  return ["-i", layout.identityFile, "-o", "LogLevel=ERROR", ...settings.flatMap((setting) => ["-o", setting])];
}

/** Lines of sources.list. The release pocket and repository `base` hold the old versions. */
export function sourcesOn(mirror: Mirror, day: PatchDay): string[] {
  const service = day.service === undefined ? "good" : day.service;
  const own = (repository: string) => `deb [trusted=yes] http://${ownRepository}/lab/${repository} ./`;
  const old = [`deb ${mirror.main} bookworm main`, own("base")];
  const pockets = [`deb ${mirror.main} bookworm-updates main`, `deb ${mirror.security} bookworm-security main`];
  return [
    ...(day.oldVersions === false ? [] : day.debian === false ? [own("base")] : old),
    ...(day.debian === false ? [] : pockets),
    ...(service === null ? [] : [own(service)]),
  ];
}

function versionsOf(text: string): ReadonlyMap<string, string> {
  const pairs = text
    .trim()
    .split("\n")
    .map((line) => line.split("=") as [string, string]);
  return new Map(pairs);
}

async function fill(must: (line: string) => Promise<string>, leaveMiB: number): Promise<() => Promise<void>> {
  await must(`free=$(df --output=avail -B1M / | tail -n 1); fallocate -l $((free - ${leaveMiB}))M /var/tmp/lab-filler`);
  return async () => void (await must("rm -f /var/tmp/lab-filler"));
}

/** dpkg's locks are fcntl locks, which `flock` neither takes nor sees: perl, as every Debian has it. */
async function holdLock(must: (line: string) => Promise<string>): Promise<() => Promise<void>> {
  const program =
    'use Fcntl; my $want = pack("s s x![l!] l! l! i x4", F_WRLCK, 0, 0, 0, 0); ' +
    'open(my $lock, "+<", "/var/lib/dpkg/lock-frontend") or die; fcntl($lock, F_SETLK, $want) or die; ' +
    'open(my $mark, ">", "/run/lab-lock-held"); sleep 3600';
  await must(`rm -f /run/lab-lock-held; systemd-run --quiet --collect --unit=lab-lock perl -e '${program}'`);
  await until("the lab holds apt's lock", 20, () =>
    must("test -e /run/lab-lock-held").then(
      () => true,
      () => null,
    ),
  );
  return async () => void (await must("systemctl stop lab-lock"));
}
