import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "./command.ts";
import { layout } from "./layout.ts";
import type { Mirror } from "./mirror.ts";
import { buildRepositories } from "./service-package.ts";

const script = fileURLToPath(new URL("./base-image.sh", import.meta.url));

/** Builds what all hosts share, or takes what an earlier run left: client key, own repository, base image. */
export async function prepareImage(mirror: Mirror): Promise<string> {
  await mkdir(layout.base, { recursive: true });
  await makeClientKey();
  const serviceDeb = await buildRepositories(join(layout.repositories, "lab"));

  const image = join(layout.base, `deb-${await recipe(mirror)}`);
  if (existsSync(image)) return image;
  for (const old of await readdir(layout.base)) await rm(join(layout.base, old), { recursive: true });
  const part = `${image}.part`;
  await run(
    "sh",
    [script, part, layout.debootstrapCache, mirror.main, `${layout.identityFile}.pub`, serviceDeb],
    900_000,
  );
  await rename(part, image);
  return image;
}

async function makeClientKey(): Promise<void> {
  if (existsSync(layout.identityFile)) return;
  await mkdir(layout.keys, { recursive: true, mode: 0o700 });
  await run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "tuesday-lab", "-f", layout.identityFile]);
}

/** Changes when the script, the key or the release pocket does: after a point release an old image would be a lie. */
async function recipe(mirror: Mirror): Promise<string> {
  const release = await fetch(`${mirror.main}/dists/bookworm/Release`).then((answer) => answer.text());
  const date = /^Date:.*$/m.exec(release)?.[0] ?? "";
  const parts = [
    await readFile(script),
    await readFile(new URL("./service-package.ts", import.meta.url)),
    await readFile(`${layout.identityFile}.pub`),
    mirror.main,
    date,
  ];
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex").slice(0, 12);
}
