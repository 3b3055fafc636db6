import type { Import } from "./files.ts";

export interface Row {
  /** A path that begins like this; the longest that fits decides. */
  readonly folder: string;
  /** Own files and folders it may import, besides itself. `types` before it: only as `import type`. */
  readonly own: readonly string[];
}

/** Who may import whom (knowledge/style.md 4.2, as the tree is). Not in the table: not allowed. */
export const table: readonly Row[] = [
  { folder: "src/domain/", own: [] },
  { folder: "src/planner/", own: ["src/domain/"] },
  // The independent checker shares no code with any planner: it knows the problem's types and nothing else.
  { folder: "src/planner/check.ts", own: ["types src/domain/problem.ts", "src/planner/check/"] },
  { folder: "src/planner/check/", own: ["types src/domain/problem.ts"] },
  // The checker of plans knows the words of the domain, and what the checker itself is made of.
  { folder: "src/planner/check/plan/", own: ["src/domain/", "src/planner/check/spans.ts"] },
  // Plans as text and drawings for people outside of Slack.
  { folder: "src/plan-views/", own: ["src/domain/"] },
  // The door to all drivers: registries and contracts.
  { folder: "src/drivers/", own: ["src/domain/"] },
  { folder: "src/drivers/hypervisor/", own: ["src/domain/", "src/drivers/operation.ts", "src/drivers/transport/"] },
  { folder: "src/drivers/patcher/", own: ["src/domain/", "src/drivers/operation.ts", "src/drivers/transport/"] },
  { folder: "src/drivers/transport/", own: ["src/domain/", "types src/drivers/operation.ts"] },
  { folder: "src/run/", own: ["src/domain/", "src/planner/", "types src/drivers/operation.ts"] },
  { folder: "src/slack/", own: ["src/domain/"] },
  { folder: "src/redis/", own: [] },
  { folder: "src/workspace/", own: ["src/domain/"] },
  { folder: "src/lab/", own: ["src/domain/"] },
  {
    folder: "commands/",
    own: ["src/domain/", "src/run/control.ts", "src/run/authority.ts", "src/slack/", "src/log.ts"],
  },
  {
    folder: "jobs/",
    own: ["src/domain/", "src/run/advance.ts", "types src/run/crew.ts", "src/slack/notifier.ts", "src/log.ts"],
  },
  // Files directly in src are the composition root. Nobody imports them but each other; src/log.ts excepted.
  { folder: "src/", own: ["src/", "commands/", "jobs/"] },
];

/** Which places may use a package. `types` before it: only as `import type`. Not in the table: not allowed at all. */
export const packages: Readonly<Record<string, readonly string[]>> = {
  // Outside data is parsed at every door (guide, rule 12).
  zod: ["src/", "commands/", "jobs/"],
  ioredis: ["src/run/redis/", "src/redis/", "types jobs/"],
  bullmq: ["jobs/"],
  "@slack/bolt": ["commands/", "src/bot.ts"],
  "@slack/types": ["src/slack/"],
  // jobs tells Slack's errors apart to decide what is repeated.
  "@slack/web-api": [
    "src/slack/post.ts",
    "src/slack/directory.ts",
    "src/slack/notifier.ts",
    "src/shared-parts.ts",
    "jobs/outcome-to-bullmq.ts",
  ],
  ssh2: ["src/drivers/transport/"],
  // Wall clock and time zones: pure functions on given instants; nobody else may compute with zones.
  "temporal-polyfill": ["src/planner/calendar/"],
  // Linear programs of the bounds: a pure function.
  yalps: ["src/planner/bounds/best-weights.ts"],
  yaml: ["src/inventory-file.ts"],
  ws: ["src/workspace/"],
  "js-redis-server": ["src/redis/"],
};

/** Node's own modules, where a folder may not use all of them. */
export const nodeModules: Readonly<Record<string, readonly string[]>> = {
  "src/domain/": [],
  // SHA-256 for the digest is a pure function; nothing else of Node is.
  "src/planner/": ["node:crypto"],
  "src/plan-views/": [],
  "src/slack/": ["node:crypto"],
  "commands/": [],
  "jobs/": [],
  "src/run/": [],
};

function rowOf(path: string): Row | undefined {
  return table.filter((row) => path.startsWith(row.folder)).sort((a, b) => b.folder.length - a.folder.length)[0];
}

function allows(entries: readonly string[], path: string, typeOnly: boolean): boolean {
  return entries.some((entry) => {
    const onlyTypes = entry.startsWith("types ");
    const place = onlyTypes ? entry.slice("types ".length) : entry;
    return (place.endsWith("/") ? path.startsWith(place) : path === place) && (typeOnly || !onlyTypes);
  });
}

/** Is this one driver's folder, as `src/drivers/patcher/apt/`? Then its name, else null. */
function driverOf(path: string): string | null {
  return /^src\/drivers\/(?:hypervisor|patcher)\/[^/]+\//.exec(path)?.[0] ?? null;
}

/** Why an import is against the tables, or null. */
export function problemOf({ from, to, own, typeOnly }: Import): string | null {
  const row = rowOf(from);
  if (!row) return `${from} is in no row of the table`;
  if (!own && to.startsWith("node:")) {
    const folder = Object.keys(nodeModules).find((one) => from.startsWith(one));
    return folder && !nodeModules[folder]?.includes(to) ? `${from} imports ${to}` : null;
  }
  if (!own) return allows(packages[to] ?? [], from, typeOnly) ? null : `${from} imports the package ${to}`;
  const said = `${from} imports ${to}`;
  const root = row.folder === "src/";
  const target = rowOf(to)?.folder;
  if (target === "src/" && to !== "src/log.ts" && !root) return said;
  if (driverOf(to) !== null && driverOf(from) !== driverOf(to) && !/^src\/drivers\/[a-z]+\/registry\.ts$/.test(from))
    return `${said}: a driver is reached through its registry`;
  if (to.startsWith(row.folder) || allows(row.own, to, typeOnly)) return null;
  return said;
}

/** Files that load each other in a circle, as `a → b → a`. Types alone load nothing: two files may know each other's shape. */
export function circlesOf(imports: readonly Import[]): readonly string[] {
  const next = new Map<string, string[]>();
  for (const { from, to, own, typeOnly } of imports)
    if (own && !typeOnly) next.set(from, [...(next.get(from) ?? []), to]);
  const finished = new Set<string>();
  const circles: string[] = [];
  const walk = (file: string, path: readonly string[]): void => {
    const at = path.indexOf(file);
    if (at >= 0) circles.push([...path.slice(at), file].join(" → "));
    if (at >= 0 || finished.has(file)) return;
    for (const to of next.get(file) ?? []) walk(to, [...path, file]);
    finished.add(file);
  };
  for (const file of next.keys()) walk(file, []);
  return circles;
}
