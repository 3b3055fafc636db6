import type { WebClient } from "@slack/web-api";
import type { Team } from "../domain/inventory.ts";

/** The slice of Slack's client that looking up people needs. */
export interface DirectoryClient {
  readonly usergroups: { readonly users: Pick<WebClient["usergroups"]["users"], "list"> };
}

/** usergroups.users.list allows 20 calls a minute (slack.md 5.1): members are remembered this long. */
const cacheMs = 60_000;

/**
 * Who is in which team. Members named in the inventory need no Slack; user groups are asked for and
 * remembered for a minute. Answers null when Slack does not say: the caller fails closed.
 */
export function slackDirectory(
  client: DirectoryClient,
  teams: Readonly<Record<string, Team>>,
  now: () => number,
  log: (message: string, data: Readonly<Record<string, unknown>>) => void,
): { isMember(team: string, user: string): Promise<boolean | null> } {
  const cache = new Map<string, { readonly users: readonly string[]; readonly at: number }>();
  const groupMembers = async (group: string): Promise<readonly string[] | null> => {
    const known = cache.get(group);
    if (known && now() - known.at < cacheMs) return known.users;
    try {
      const answer = await client.usergroups.users.list({ usergroup: group });
      const users = answer.users ?? [];
      cache.set(group, { users, at: now() });
      return users;
    } catch (error) {
      log("user group could not be read", { group, error: error instanceof Error ? error.name : "unknown" });
      return null;
    }
  };
  return {
    async isMember(teamName, user) {
      const team = teams[teamName];
      if (!team) return null;
      if (team.members.includes(user)) return true;
      if (team.userGroup === undefined) return false;
      const members = await groupMembers(team.userGroup);
      return members === null ? null : members.includes(user);
    },
  };
}
