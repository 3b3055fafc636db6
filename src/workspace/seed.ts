import { z } from "zod";

/** Who and what exists in the workspace at the start. Parsed once in `startWorkspace`, then trusted. */

const SeedUser = z.strictObject({
  id: z.string().regex(/^[UW][A-Z0-9]+$/, "a user id looks like U0RITA"),
  name: z.string().min(1),
  realName: z.string().min(1),
  title: z.string().default(""),
  emoji: z.string().optional(),
  colour: z.string().default("#5b6b82"),
  email: z.string().optional(),
});

const SeedChannel = z.strictObject({
  id: z.string().regex(/^[CG][A-Z0-9]+$/, "a channel id looks like C0PATCHING"),
  name: z.string().min(1),
  topic: z.string().default(""),
  members: z.array(z.string()),
  isPrivate: z.boolean().default(false),
});

const SeedUserGroup = z.strictObject({
  id: z.string().regex(/^S[A-Z0-9]+$/, "a user group id looks like S0OPERATORS"),
  handle: z.string().min(1),
  name: z.string().optional(),
  users: z.array(z.string()),
});

const SeedCommand = z.strictObject({
  command: z.string().regex(/^\/[^\s]{1,31}$/, "a command starts with / and has 2 to 32 characters"),
  description: z.string().default(""),
  usageHint: z.string().default(""),
  shouldEscape: z.boolean().default(false),
});

const SeedApp = z.strictObject({
  id: z.string().regex(/^A[A-Z0-9]+$/, "an app id looks like A0TUESDAY"),
  name: z.string().min(1),
  botUser: z.string(),
  botToken: z.string().startsWith("xoxb-"),
  appToken: z.string().startsWith("xapp-"),
  signingSecret: z.string().min(1),
  mode: z.enum(["socket", "http"]).default("socket"),
  requestUrl: z.url().optional(),
  commands: z.array(SeedCommand).default([]),
  events: z.array(z.string()).default(["app_mention", "message.im"]),
  colour: z.string().default("#2f6fd6"),
  emoji: z.string().default(""),
});

export const WorkspaceSeed = z.strictObject({
  team: z.strictObject({ id: z.string(), name: z.string(), domain: z.string() }),
  users: z.array(SeedUser),
  channels: z.array(SeedChannel),
  userGroups: z.array(SeedUserGroup).default([]),
  apps: z.array(SeedApp).default([]),
});

/** What callers write: fields with a default may be left out. */
export type WorkspaceSeed = z.input<typeof WorkspaceSeed>;
/** What the workspace works with: every default filled in. */
export type Seed = z.output<typeof WorkspaceSeed>;
export type App = Seed["apps"][number];
export type Person = Seed["users"][number];
export type Command = App["commands"][number];

/**
 * Checks a seed and fills in defaults.
 * @throws Error naming each wrong field, and unknown members of channels and groups.
 */
export function parseSeed(seed: WorkspaceSeed): Seed {
  const parsed = WorkspaceSeed.safeParse(seed);
  if (!parsed.success) throw new Error(`The workspace seed is not usable:\n${z.prettifyError(parsed.error)}`);

  const known = new Set([...parsed.data.users.map((user) => user.id), ...parsed.data.apps.map((app) => app.botUser)]);
  for (const group of [...parsed.data.channels.map((c) => c.members), ...parsed.data.userGroups.map((g) => g.users)]) {
    const stranger = group.find((id) => !known.has(id));
    if (stranger !== undefined)
      throw new Error(`The workspace seed names ${stranger}, who is neither a user nor a bot.`);
  }
  const silent = parsed.data.apps.find((app) => app.mode === "http" && app.requestUrl === undefined);
  if (silent !== undefined) throw new Error(`App ${silent.id} has mode "http" and needs a requestUrl.`);
  return parsed.data;
}
