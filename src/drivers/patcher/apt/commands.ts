import type { Command } from "../../transport/types.ts";

/** Questions to a machine, as values. None changes anything but apt's package lists. */

/** Longer than the 20 s after which the transport notices a dead link: then the failure says so. */
const quick = 30_000;
/** apt's own computations on a slow machine. */
const thinking = 120_000;

/** Files that dpkg, apt and unattended-upgrades lock while they work. */
const lockFiles = [
  "/var/lib/dpkg/lock-frontend",
  "/var/lib/dpkg/lock",
  "/var/lib/apt/lists/lock",
  "/var/cache/apt/archives/lock",
  "/run/unattended-upgrades.lock",
] as const;

// dpkg's locks are fcntl locks: `flock` does not see them, and /proc/locks names inodes that differ from
// stat's on overlays. F_GETLK asks the kernel and takes nothing. perl-base is essential on Debian.
const whoHolds = `use Fcntl;
for my $path (@ARGV) {
  next unless -e $path;
  open(my $file, "<", $path) or die "$path: $!";
  my $ask = pack("s s x![l!] l! l! i x4", F_WRLCK, 0, 0, 0, 0);
  fcntl($file, F_GETLK, $ask) or die "$path: $!";
  my ($type, undef, undef, undef, $pid) = unpack("s s x![l!] l! l! i", $ask);
  next if $type == F_UNLCK;
  my $name = "";
  if (open(my $comm, "<", "/proc/$pid/comm")) { $name = <$comm>; chomp $name; }
  print "$path\\t$pid\\t$name\\n";
}`;

const installedFields = ["Package", "Architecture", "Version", "db:Status-Status", "Installed-Size"];

export const commands = {
  userId: { argv: ["id", "-u"], timeoutMs: quick },
  osRelease: { argv: ["cat", "/etc/os-release"], timeoutMs: quick },
  debianVersion: { argv: ["cat", "/etc/debian_version"], timeoutMs: quick },
  architecture: { argv: ["dpkg", "--print-architecture"], timeoutMs: quick },
  virtualisation: { argv: ["systemd-detect-virt"], timeoutMs: quick },
  kernelRelease: { argv: ["uname", "-r"], timeoutMs: quick },
  bootId: { argv: ["cat", "/proc/sys/kernel/random/boot_id"], timeoutMs: quick },
  systemState: { argv: ["systemctl", "is-system-running"], timeoutMs: quick },
  audit: { argv: ["dpkg", "--audit"], timeoutMs: thinking },
  locks: { argv: ["perl", "-e", whoHolds, ...lockFiles], timeoutMs: quick },
  failedUnits: { argv: ["systemctl", "list-units", "--failed", "--plain", "--no-legend"], timeoutMs: quick },
  needrestart: { argv: ["needrestart", "-b", "-r", "l"], timeoutMs: thinking },
  upgrades: { argv: ["apt-get", "-s", "-q", "--with-new-pkgs", "upgrade"], timeoutMs: thinking },
  free: {
    argv: ["df", "-B1", "--output=avail,target", "/", "/var/cache/apt/archives"],
    timeoutMs: quick,
  },
  /** Exit code 1: no request. The names are optional even when there is one. */
  rebootAsked: {
    argv: ["sh", "-c", "test -e /run/reboot-required && { cat /run/reboot-required.pkgs 2>/dev/null || true; }"],
    timeoutMs: quick,
  },
} as const satisfies Record<string, Command>;

/** Refreshes the package lists. Error-Mode=any: a single index that cannot be had is a failure, not a warning. */
export function update(timeoutSeconds: number): Command {
  return { argv: ["apt-get", "-q", "-o", "APT::Update::Error-Mode=any", "update"], timeoutMs: timeoutSeconds * 1000 };
}

/** One call for all packages. */
export function madison(names: readonly string[]): Command {
  return { argv: ["apt-cache", "madison", ...names], timeoutMs: thinking };
}

/** Exit code 1: some of them are not installed; the others are printed all the same. */
export function installed(names: readonly string[]): Command {
  const format = `${installedFields.map((field) => `\${${field}}`).join("\\t")}\\n`;
  return { argv: ["dpkg-query", "-W", "-f", format, ...names], timeoutMs: quick };
}

export function show(versions: readonly string[]): Command {
  return { argv: ["apt-cache", "show", ...versions], timeoutMs: thinking };
}

export function rehearse(argv: readonly string[]): Command {
  return { argv: ["apt-get", "-s", "-q", ...argv], timeoutMs: thinking };
}

export function downloads(argv: readonly string[]): Command {
  return { argv: ["apt-get", "-qq", "--print-uris", ...argv], timeoutMs: thinking };
}
