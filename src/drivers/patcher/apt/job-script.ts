/**
 * The work on the machine itself. It runs as a transient systemd unit, so that it neither dies with our
 * connection nor with our process, and leaves its outcome in a folder named after the tag:
 * `running` while it works, then renamed to `exit-CODE`. A rename needs no free disk block.
 *
 * No `${` and no `$$` in these texts: systemd would replace them.
 */
export const jobsFolder = "/var/lib/tuesday";

/** Units that had failed before the patch, in the job's folder; check-health compares with them. */
export const failedNote = "failed-before";

export function jobFolder(tag: string): string {
  if (!/^[a-z0-9-]+$/.test(tag)) throw new TypeError(`not a tag: ${tag}`);
  return `${jobsFolder}/${tag}`;
}

export function unitName(tag: string): string {
  return `tuesday-${tag}`;
}

/** Second half, see below. Arguments: folder, apt's exit code. */
const afterwards = `
if [ "$2" = 0 ] && command -v needrestart >/dev/null; then
  NEEDRESTART_MODE=a needrestart -r a >>"$1/log" 2>&1 </dev/null
fi
mv "$1/running" "$1/exit-$2"
`;

/**
 * First half. Arguments: folder, text of the second half, names of packages that come in new, name of
 * the note about failed units, then the whole apt-get command.
 *
 * - An existing folder means that this tag was begun before: nothing is done twice.
 * - Packages that are named count as installed by hand from then on: those that were not, and new
 *   dependencies, are marked as automatic again, else they would stay for ever.
 * - Services are restarted at once (mode a): a patch that only lies on the disk protects nobody. But not
 *   while apt runs: needrestart would restart this very unit, whose processes use the replaced libraries.
 *   Hence mode l for apt, and the `exec`: afterwards no process of this unit uses old code.
 */
const work = `
umask 077
folder=$1 afterwards=$2 added=$3 note=$4
shift 4
find ${jobsFolder} -mindepth 1 -maxdepth 1 -type d -mtime +30 -exec rm -rf {} + 2>/dev/null
mkdir -p ${jobsFolder}
mkdir "$folder" || exit 75
touch "$folder/running"
systemctl list-units --failed --plain --no-legend >"$folder/$note"
{ apt-mark showauto; printf '%s\\n' $added; } >"$folder/auto-before"
"$@" >"$folder/log" 2>&1 3>"$folder/status" </dev/null
code=$?
xargs -r apt-mark auto <"$folder/auto-before" >/dev/null 2>&1
exec /bin/sh -c "$afterwards" sh "$folder" "$code"
`;

interface Job {
  readonly tag: string;
  /** What `systemctl status` shows for it. */
  readonly description: string;
  readonly aptArguments: readonly string[];
  /** Packages that are not installed yet. */
  readonly added: readonly string[];
  /** Do units that have failed by now count as broken before? Not on the way back: the patch may have broken them. */
  readonly noteFailed: boolean;
}

export function jobCommand({ tag, description, aptArguments, added, noteFailed }: Job): [string, ...string[]] {
  return [
    "systemd-run",
    "--quiet",
    // The unit disappears when it ends, well or badly; the folder remembers.
    "--collect",
    "--service-type=exec",
    `--unit=${unitName(tag)}`,
    `--description=${description}`,
    "--setenv=LC_ALL=C",
    "--setenv=HOME=/root",
    "--setenv=DEBIAN_FRONTEND=noninteractive",
    "--setenv=NEEDRESTART_MODE=l",
    "/bin/sh",
    "-c",
    work,
    "tuesday",
    jobFolder(tag),
    afterwards,
    added.join(" "),
    noteFailed ? failedNote : "failed-at-way-back",
    "apt-get",
    "-q",
    ...["-o", "APT::Status-Fd=3", "-o", "Dpkg::Use-Pty=0", "-o", "DPkg::Lock::Timeout=60"],
    ...aptArguments,
  ];
}

/** Prints what a job has come to. Arguments: folder, unit. The unit first: it outlives the rename. */
export const jobState = `
echo "unit=$(systemctl show --property=ActiveState --value "$2.service")"
for file in "$1"/running "$1"/exit-*; do [ -e "$file" ] && echo "file=$file"; done
echo "status=$(tail -n 1 "$1/status" 2>/dev/null)"
`;
