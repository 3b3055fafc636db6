import type { ActOf } from "../../../domain/act.ts";
import { defaultPace, type Pace } from "../../../domain/pace.ts";
import type { Step } from "../../../domain/plan.ts";
import { listBy, moreThan } from "../spans.ts";
import type { Known } from "./known.ts";
import { loadOf } from "./room.ts";
import { awakeOn, inService, type Play, told } from "./scene.ts";

export function paceOf({ cluster }: Known): Pace {
  return cluster.policy.pace ?? defaultPace;
}

/** How many migrations and guests in their patch are under way at once, over the whole plan. */
export function checkPace({ plan, known, report }: Play): void {
  const pace = paceOf(known);
  const moves = plan.steps.flatMap(({ act, start, end }) =>
    act.do === "migrate" && start < end ? [{ from: start, to: end, act }] : [],
  );
  const touching = moves.flatMap((move) => [move.act.from, move.act.to].map((host) => ({ ...move, host })));
  for (const [host, spans] of listBy(touching, (one) => one.host))
    for (const { at, count } of moreThan(spans, pace.migrationsPerHost))
      report("pace", at, host, `${count} migrations touch ${host} at once, at most ${pace.migrationsPerHost} may`);
  const perPool = pace.migrationsPerPool;
  if (perPool !== null)
    for (const [pool, spans] of listBy(moves, ({ act }) => act.pool))
      for (const { at, count } of moreThan(spans, perPool))
        report("pace", at, pool, `${count} migrations in ${pool} at once, at most ${perPool} may be`);
  const guests = plan.stages.filter(({ target }) => known.vms.has(target)).map(({ id }) => id);
  const byStage = listBy(plan.steps, ({ stage }) => stage);
  const spans = guests.flatMap((id) => {
    const own = byStage.get(id) ?? [];
    return own.length === 0
      ? []
      : [{ from: Math.min(...own.map((s) => s.start)), to: Math.max(...own.map((s) => s.end)) }];
  });
  for (const { at, count } of moreThan(
    spans.filter(({ from, to }) => from < to),
    pace.guestsAtOnce,
  ))
    report("pace", at, "plan", `${count} guests are in their patch at once, at most ${pace.guestsAtOnce} may be`);
}

/** A host goes out of service: how many of its pool are away with it, and are all of one fault domain? */
export function checkAway({ known, scene, report }: Play, step: Step, act: ActOf<"enter-maintenance">): void {
  const pace = paceOf(known);
  const away = [...scene.maintenance.keys()].filter((host) => known.hosts.get(host)?.pool.pool === act.pool);
  // Where the hosts carry the storage, two away at once stop it or lose data, whatever the policy says.
  const carries = known.cluster.pools[act.pool]?.storage !== undefined;
  const most = carries ? 1 : pace.hostsPerPool;
  if (away.length > most)
    report("pace", step.start, act.pool, `${told(step)}: ${away.join(", ")} are away at once, at most ${most} may be`);
  const domains = new Set(away.flatMap((host) => known.hosts.get(host)?.seen.domain ?? []));
  if (domains.size > 1)
    report(
      "pace",
      step.start,
      act.pool,
      `${told(step)}: hosts of the fault domains ${[...domains].join(", ")} are away at once (rule R67)`,
    );
}

/** While a host is away, the others keep the room free that the policy wants. A VM on its way is counted once. */
export function checkReserve(play: Play, step: Step, poolName: string): void {
  const { known, scene, report } = play;
  const { reserve } = paceOf(known);
  const pool = known.pools.get(poolName);
  if (!pool || (reserve.hosts !== 1 && !reserve.share)) return;
  const up = pool.hosts.filter(({ online, maintenance }) => online && !maintenance);
  if (!up.some(({ host }) => scene.maintenance.has(host))) return;
  const sizes = up.map(({ memoryMiB }) => memoryMiB);
  const all = sizes.reduce((sum, one) => sum + one, 0);
  const wanted = reserve.hosts === 1 ? Math.max(0, ...sizes) : Math.ceil((reserve.share ?? 0) * all);
  let free = 0;
  for (const { host, memoryMiB } of up) {
    if (!inService(play, host)) continue;
    const arriving = awakeOn(scene, host).filter((vm) => vm.host !== host);
    const twice = arriving.reduce((sum, { name }) => sum + (known.vms.get(name)?.seen.memoryMiB ?? 0), 0);
    free += memoryMiB - loadOf(known, scene, host).memoryMiB + twice;
  }
  if (free < wanted)
    report(
      "pace",
      step.start,
      poolName,
      `${told(step)}: ${free} MiB are free in ${poolName}, the policy keeps ${wanted} MiB`,
    );
}
