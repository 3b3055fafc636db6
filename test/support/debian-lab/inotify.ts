import { readFile, writeFile } from "node:fs/promises";

const setting = "/proc/sys/fs/inotify/max_user_instances";
/** Seen: from about 15 systemd hosts on, the default of 128 makes the next one fail to start. */
const hostsWithDefault = 10;
const enough = 8192;

/** Raises the machine's limit when many hosts need it. The returned function restores it. */
export async function roomForHosts(hosts: number): Promise<() => Promise<void>> {
  const before = (await readFile(setting, "utf8")).trim();
  if (hosts <= hostsWithDefault || Number(before) >= enough) return async () => {};
  await writeFile(setting, String(enough));
  return async () => writeFile(setting, before);
}
