import { interfaceOf } from "../acts/machines-of.ts";
import { isUp, NotInEstate, poolOf } from "../read.ts";
import type { Task, Truth } from "../truth.ts";
import { machineView } from "../views/machine.ts";
import { poolView } from "../views/pool.ts";
import { taskView } from "../views/task.ts";
import type { World } from "../world.ts";
import type { Wish } from "./request.ts";

export interface Reply {
  readonly status: number;
  readonly body: unknown;
  /** One JSON value per line instead of one JSON value. */
  readonly lines?: boolean;
}

/** Answers a wish from the truth of now. Throws `NotInEstate` for unknown names. */
export function answer(world: World, wish: Wish): Reply {
  const truth = world.state();
  const ok = (body: unknown): Reply => ({ status: 200, body });
  switch (wish.want) {
    case "clock":
      return ok({ now: new Date(truth.now).toISOString(), rate: world.rate });
    case "state":
      return ok(truth);
    case "log":
      return { status: 200, lines: true, body: truth.log.filter(({ seq }) => seq > wish.since) };
    case "pool":
      return poolDown(truth, wish.name) ?? ok(poolView(truth, wish.name, world.rate));
    case "machine":
      return ok(machineView(truth, wish.name, world.rate));
    case "begin": {
      const pool = interfaceOf(wish.act);
      const down = pool === null ? null : poolDown(truth, pool);
      return down ?? { status: 201, body: { task: world.begin(wish.tag, wish.act).id } };
    }
    case "tasks":
      return ok({ tasks: truth.tasks.filter(({ tag }) => wish.tag === null || tag === wish.tag).map(view) });
    case "task":
      return ok(view(taskOf(truth, wish.id)));
    case "faults":
      return ok({ faults: truth.faults });
    case "inject":
      return { status: 201, body: { fault: world.inject(wish.fault).id } };
    case "clear":
      return ok({ cleared: world.clearFaults(wish) });
    default:
      return wish satisfies never;
  }

  function view(task: Task) {
    return taskView(truth, task, world.rate);
  }
}

export function taskOf(truth: Truth, id: string): Task {
  const found = truth.tasks.find((task) => task.id === id);
  if (!found) throw new NotInEstate(`There is no task ${id} in this estate.`);
  return found;
}

/** Without its pool master or management VM nobody answers for a pool. */
function poolDown(truth: Truth, name: string): Reply | null {
  const { managedBy } = poolOf(truth, name);
  const manager = managedBy === null ? undefined : (truth.hosts[managedBy] ?? truth.vms[managedBy]);
  if (!manager || isUp(manager)) return null;
  const message = `Pool ${name} does not answer: ${managedBy}, which manages it, is down.`;
  return { status: 503, body: { error: { code: "unreachable", message } } };
}
