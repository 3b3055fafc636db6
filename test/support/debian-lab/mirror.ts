import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface Mirror {
  /** e.g. `http://deb.debian.org/debian` */
  readonly main: string;
  /** e.g. `http://deb.debian.org/debian-security` */
  readonly security: string;
}

/** The Debian mirror configured on this machine; the lab talks to no other. Null when there is none. */
export function configuredMirror(aptFolder = "/etc/apt"): Mirror | null {
  const urls = sourceTexts(aptFolder).flatMap(sourceUrls);
  const main = urls.find((url) => /\/debian\/?$/.test(url));
  if (main === undefined) return null;
  const security =
    urls.find((url) => /debian-security\/?$/.test(url)) ?? main.replace(/\/debian\/?$/, "/debian-security");
  return { main: main.replace(/\/$/, ""), security: security.replace(/\/$/, "") };
}

/** Addresses in one file, in the old one-line format or in deb822. */
export function sourceUrls(text: string): string[] {
  const lines = text.split("\n").filter((line) => /^(deb\s|URIs:)/.test(line));
  return lines.flatMap((line) => line.split(/\s+/).filter((word) => /^https?:\/\//.test(word)));
}

function sourceTexts(aptFolder: string): string[] {
  const parts = readable(() => readdirSync(join(aptFolder, "sources.list.d"))) ?? [];
  const files = [join(aptFolder, "sources.list"), ...parts.map((name) => join(aptFolder, "sources.list.d", name))];
  return files.flatMap((file) => readable(() => readFileSync(file, "utf8")) ?? []);
}

function readable<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
