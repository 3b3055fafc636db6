import type { Blocker } from "../domain/outcome.ts";
import type { Step } from "../domain/plan.ts";
import { isDown, type World } from "./world.ts";

/**
 * Groups that would fall short at some step (rules R58, R66): members that go down together because their
 * host does, members that are down already, and groups that can spare nobody. One blocker a group.
 */
export function groupsFallShort(world: World, steps: readonly Pick<Step, "act">[]): readonly Blocker[] {
  const down = new Set(world.groups.flatMap((group) => group.members.filter((member) => isDown(world, member))));
  const short = new Map<string, Blocker>();
  for (const { act } of steps) {
    if (act.do === "start-vm") down.delete(act.vm);
    if (act.do === "stop-vm") down.add(act.vm);
    if (act.do !== "stop-vm" && act.do !== "reboot") continue;
    const taken = act.do === "reboot" ? act.machine : act.vm;
    for (const group of world.groups) {
      const away = group.members.filter((member) => member === taken || down.has(member));
      const up = group.members.length - away.length;
      if (!away.includes(taken) || up >= group.need || short.has(group.name)) continue;
      short.set(group.name, {
        reason: "blocked",
        where: group.name,
        message: `group ${group.name}: while ${taken} is down, ${up} of ${group.members.length} members would be up (without ${away.join(", ")}), ${group.need} needed (rules R58, R66)`,
        next: "put the members on hosts that can be emptied, add a member, or change minUp of the group",
      });
    }
  }
  return [...short.values()];
}
