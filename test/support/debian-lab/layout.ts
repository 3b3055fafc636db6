import { join } from "node:path";

/** Everything of the lab lies in one folder outside the repository; removing it removes the lab. */
export const labFolder = process.env.TUESDAY_LAB_DIR ?? "/var/tmp/tuesday-lab";

export const layout = {
  base: join(labFolder, "base"),
  debootstrapCache: join(labFolder, "cache"),
  proxyCache: join(labFolder, "aptcache"),
  repositories: join(labFolder, "repos"),
  keys: join(labFolder, "keys"),
  identityFile: join(labFolder, "keys", "id"),
  hosts: join(labFolder, "h"),
  lock: join(labFolder, "lab.lock"),
} as const;

export const bridge = "labbr0";
export const proxyAddress = "10.77.0.1";
export const proxyPort = 3142;
/** Name of the lab's own repository, known to the hosts by /etc/hosts. */
export const ownRepository = "repo.lab";

/** 10.77.0.11 and on; .11-.49 are reserved for Linux hosts. */
export function hostAddress(index: number): string {
  return `10.77.0.${11 + index}`;
}

export function hostFolder(name: string): string {
  return join(layout.hosts, name);
}

/** Network namespaces and interfaces are global on the machine: a prefix keeps ours apart. */
export function namespaceOf(name: string): string {
  return `tuesday-${name}`;
}

/** An interface name has at most 15 characters, hence host names of at most 13. */
export function linkOf(name: string): string {
  return `v-${name}`;
}
