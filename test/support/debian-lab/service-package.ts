import { createHash } from "node:crypto";
import { chmod, mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { run } from "./command.ts";

/**
 * What the pending version 1.1 of `tuesday-lab-service` is like.
 * - `good`: an ordinary update
 * - `bad`: installs, but its service does not start: a health check really fails
 * - `broken`: its installation script fails, dpkg leaves it half configured
 * - `gated`: its installation waits until the lab opens the gate, so that a test can act in mid-upgrade
 * - `lost`: listed in the index, but the file is gone from the repository
 * - `grown`: needs a package that is not installed yet, `tuesday-lab-helper`
 */
export const serviceVariants = ["good", "bad", "broken", "gated", "lost", "grown"] as const;
export type ServiceVariant = (typeof serviceVariants)[number];

export const servicePackage = { name: "tuesday-lab-service", old: "1.0", new: "1.1" } as const;

/** Exists on a host while `gated` may go on. */
export const gateFile = "/run/tuesday-lab-gate";

const unit = `[Unit]
Description=Tuesday lab service

[Service]
ExecStartPre=/usr/lib/tuesday-lab-service/check
ExecStart=/bin/sleep infinity

[Install]
WantedBy=multi-user.target
`;

// A package of Debian ignores a service that does not start, too, when it is written this way:
// then only a health check finds out.
const postinst = `#!/bin/sh
set -e
if [ -d /run/systemd/system ]; then
  systemctl daemon-reload
  systemctl restart tuesday-lab-service || true
fi
`;

const gated = `#!/bin/sh
touch /run/tuesday-lab-waiting
n=0
while [ ! -e ${gateFile} ]; do n=$((n+1)); [ $n -gt 3000 ] && exit 1; sleep 0.1; done
`;

const helper = "tuesday-lab-helper";

function control(name: string, version: string, variant: ServiceVariant): string {
  const depends = variant === "grown" && name !== helper ? `Depends: ${helper}\n` : "";
  return `Package: ${name}
Version: ${version}
Architecture: all
Maintainer: Tuesday lab <lab@localhost>
Installed-Size: 16
${depends}Priority: optional
Section: misc
Description: for tests of patching (${variant})
`;
}

/** Builds `base` with 1.0 and one repository per variant with 1.1; returns the path of the 1.0 package. */
export async function buildRepositories(folder: string): Promise<string> {
  await rm(folder, { recursive: true, force: true });
  const old = await buildRepository(join(folder, "base"), servicePackage.old, "good");
  for (const variant of serviceVariants) await buildRepository(join(folder, variant), servicePackage.new, variant);
  return old;
}

async function buildRepository(folder: string, version: string, variant: ServiceVariant): Promise<string> {
  const tree = join(folder, "tree");
  const check = variant === "bad" ? "echo 'configuration of 1.1 is broken' >&2; exit 1" : "exit 0";
  await put(join(tree, "DEBIAN", "control"), control(servicePackage.name, version, variant));
  await put(join(tree, "DEBIAN", "conffiles"), "/etc/tuesday-lab-service.conf\n");
  const installs = { broken: "#!/bin/sh\nexit 1\n", gated: `${gated}${postinst.replace("#!/bin/sh\n", "")}` };
  const script = variant === "broken" || variant === "gated" ? installs[variant] : postinst;
  await put(join(tree, "DEBIAN", "postinst"), script, 0o755);
  await put(join(tree, "lib", "systemd", "system", "tuesday-lab-service.service"), unit);
  await put(join(tree, "usr", "lib", servicePackage.name, "check"), `#!/bin/sh\n${check}\n`, 0o755);
  await put(join(tree, "usr", "lib", servicePackage.name, "version"), `${version}\n`);
  await put(join(tree, "etc", "tuesday-lab-service.conf"), `shipped-with=${version}\n`);
  // Started at boot without the help of installation scripts.
  const wants = join(tree, "lib", "systemd", "system", "multi-user.target.wants");
  await mkdir(wants, { recursive: true });
  await run("ln", ["-s", "../tuesday-lab-service.service", join(wants, "tuesday-lab-service.service")]);

  const file = `${servicePackage.name}_${version}_all.deb`;
  await run("dpkg-deb", ["--root-owner-group", "-Zgzip", "-b", tree, join(folder, file)]);
  await rm(tree, { recursive: true });
  const stanzas = [await stanza(folder, file, control(servicePackage.name, version, variant))];
  if (variant === "grown") stanzas.push(await buildHelper(folder));
  await writeIndex(folder, stanzas);
  if (variant === "lost") await rm(join(folder, file));
  return join(folder, file);
}

async function buildHelper(folder: string): Promise<string> {
  const tree = join(folder, "tree");
  const fields = control(helper, "1.0", "grown");
  await put(join(tree, "DEBIAN", "control"), fields);
  const file = `${helper}_1.0_all.deb`;
  await run("dpkg-deb", ["--root-owner-group", "-Zgzip", "-b", tree, join(folder, file)]);
  await rm(tree, { recursive: true });
  return stanza(folder, file, fields);
}

async function stanza(folder: string, file: string, fields: string): Promise<string> {
  const deb = join(folder, file);
  const size = (await stat(deb)).size;
  return `${fields.trimEnd()}\nFilename: ./${file}\nSize: ${size}\nSHA256: ${sha256(await readFile(deb))}\n\n`;
}

/** Packages and Release of a flat repository (`deb [trusted=yes] URL ./`). */
async function writeIndex(folder: string, stanzas: readonly string[]): Promise<void> {
  const packages = stanzas.join("");
  await put(join(folder, "Packages"), packages);
  const release = `Origin: Tuesday-Lab\nLabel: Tuesday-Lab\nSuite: lab\nDate: ${new Date().toUTCString()}\nSHA256:\n`;
  await put(join(folder, "Release"), `${release} ${sha256(packages)} ${packages.length} Packages\n`);
}

function sha256(data: Buffer | string): string {
  return createHash("sha256").update(data).digest("hex");
}

async function put(path: string, text: string, mode = 0o644): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  await chmod(path, mode);
}
