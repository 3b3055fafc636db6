import type { JsonObject } from "../json.ts";
import { flagOf, textOf } from "../json.ts";
import type { App, Person, Seed } from "../seed.ts";
import { personOf, type World } from "../world.ts";
import { type Answer, ok, refuse } from "./answer.ts";
import type { Call, Methods } from "./call.ts";
import { pageOf } from "./page-of.ts";

export const peopleMethods: Methods = {
  "users.info": usersInfo,
  "users.list": usersList,
  "users.lookupByEmail": lookupByEmail,
  "usergroups.list": groupsList,
  "usergroups.users.list": groupUsers,
};

function apiUser(world: World, person: Person): JsonObject {
  const { id, name, realName, title } = person;
  return {
    id,
    team_id: world.seed.team.id,
    name,
    real_name: realName,
    deleted: false,
    is_bot: false,
    tz: "Etc/UTC",
    tz_offset: 0,
    profile: { real_name: realName, display_name: name, title, email: emailOf(person) },
  };
}

function apiBot(world: World, app: App): JsonObject {
  const profile = { real_name: app.name, display_name: app.name, api_app_id: app.id };
  return {
    id: app.botUser,
    team_id: world.seed.team.id,
    name: app.name.toLowerCase(),
    real_name: app.name,
    deleted: false,
    is_bot: true,
    profile,
  };
}

function emailOf(person: Person): string {
  return person.email ?? `${person.name}@example.test`;
}

function usersInfo({ world, args }: Call): Answer {
  const id = textOf(args.user);
  const person = personOf(world, id);
  if (person !== undefined) return ok({ user: apiUser(world, person) });
  const app = world.seed.apps.find((one) => one.botUser === id);
  return app === undefined ? refuse("user_not_found") : ok({ user: apiBot(world, app) });
}

function usersList({ world, args }: Call): Answer {
  const everybody = [
    ...world.seed.users.map((person) => apiUser(world, person)),
    ...world.seed.apps.map((app) => apiBot(world, app)),
  ];
  const page = pageOf(everybody, args);
  if (page === undefined) return refuse("invalid_cursor");
  return ok({ members: page.items, cache_ts: 0, response_metadata: { next_cursor: page.next } });
}

function lookupByEmail({ world, args }: Call): Answer {
  const person = world.seed.users.find((user) => emailOf(user) === textOf(args.email));
  return person === undefined ? refuse("users_not_found") : ok({ user: apiUser(world, person) });
}

function apiGroup(group: Seed["userGroups"][number], withUsers: boolean): JsonObject {
  const { id, handle, name, users } = group;
  const base = { id, handle, name: name ?? handle, is_usergroup: true, date_delete: 0, user_count: users.length };
  return withUsers ? { ...base, users } : base;
}

function groupsList({ world, args }: Call): Answer {
  return ok({ usergroups: world.seed.userGroups.map((group) => apiGroup(group, flagOf(args.include_users))) });
}

function groupUsers({ world, args }: Call): Answer {
  const group = world.seed.userGroups.find((one) => one.id === textOf(args.usergroup));
  return group === undefined ? refuse("no_such_subteam") : ok({ users: group.users });
}
