import type { World } from "../world.ts";

/** `@rita` → `<@U0RITA|rita>`, `#patching` → `<#C0PATCHING|patching>`, `@patch-approvers` → `<!subteam^…>`. */
export function escapeMentions(world: World, text: string): string {
  const escaped = text.replaceAll("&", "&amp;").replace(/<(?![@#!])/g, "&lt;");
  return escaped
    .replace(/(^|\s)@([\w.-]*\w)/g, (whole, before: string, name: string) => {
      const mention = mentionOf(world, name);
      return mention === undefined ? whole : `${before}${mention}`;
    })
    .replace(/(^|\s)#([\w-]+)/g, (whole, before: string, name: string) => {
      const channel = world.channels.find(name);
      return channel === undefined || channel.isDirect ? whole : `${before}<#${channel.id}|${channel.name}>`;
    });
}

function mentionOf(world: World, name: string): string | undefined {
  const person = world.seed.users.find((user) => user.name === name);
  if (person !== undefined) return `<@${person.id}|${person.name}>`;
  const bot = world.seed.apps.find((app) => app.name.toLowerCase() === name.toLowerCase());
  if (bot !== undefined) return `<@${bot.botUser}|${bot.name.toLowerCase()}>`;
  const group = world.seed.userGroups.find((one) => one.handle === name);
  return group === undefined ? undefined : `<!subteam^${group.id}|@${group.handle}>`;
}
