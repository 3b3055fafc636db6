import { execFileSync } from "node:child_process";
import { accessSync, constants, readFileSync } from "node:fs";
import { join } from "node:path";
import { configuredMirror } from "./mirror.ts";

/** Program → Debian package, see packages.txt. */
const programs = {
  debootstrap: "debootstrap",
  "systemd-nspawn": "systemd-container",
  ip: "iproute2",
  ping: "iputils-ping",
  ssh: "openssh-client",
  "ssh-keygen": "openssh-client",
  pgrep: "procps",
  sysctl: "procps",
  curl: "curl",
  mount: "mount",
  setsid: "util-linux",
  "dpkg-deb": "dpkg",
} as const;

const capSysAdmin = 21n;

let known: string | null | undefined;

/** Why no Debian host can be made on this machine, in words for a test's title; null when one can. Asked once. */
export function missing(): string | null {
  if (known === undefined) known = find();
  return known;
}

function find(): string | null {
  if (process.platform !== "linux") return `needs Linux, this is ${process.platform}`;
  if (process.getuid?.() !== 0) return "needs root";
  if (!hasSysAdmin()) return "needs CAP_SYS_ADMIN (a privileged container)";
  const packages = new Set(Object.entries(programs).flatMap(([program, pkg]) => (onPath(program) ? [] : [pkg])));
  if (packages.size > 0) return `needs the packages ${[...packages].join(" ")}`;
  if (!readFileSync("/proc/filesystems", "utf8").includes("overlay")) return "the kernel has no overlayfs";
  const mirror = configuredMirror();
  if (mirror === null) return "no Debian mirror is configured in /etc/apt";
  return answers(mirror.main) ? null : `the Debian mirror ${mirror.main} does not answer`;
}

function hasSysAdmin(): boolean {
  const line = /^CapEff:\s*([0-9a-f]+)/m.exec(readFileSync("/proc/self/status", "utf8"));
  return line?.[1] !== undefined && ((BigInt(`0x${line[1]}`) >> capSysAdmin) & 1n) === 1n;
}

function onPath(program: string): boolean {
  return (process.env.PATH ?? "").split(":").some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function answers(mirror: string): boolean {
  try {
    execFileSync("curl", ["-sfI", "--max-time", "15", "-o", "/dev/null", `${mirror}/dists/bookworm/Release`]);
    return true;
  } catch {
    return false;
  }
}
