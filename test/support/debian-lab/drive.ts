import type { Act, ActKind, ActOutcome, Patch } from "../../../src/domain/act.ts";
import { PatchError } from "../../../src/domain/errors.ts";
import type { HealthCheck } from "../../../src/domain/inventory.ts";
import type { Operation } from "../../../src/drivers/operation.ts";
import { aptPatcher } from "../../../src/drivers/patcher/apt/index.ts";
import type { PatcherConnection } from "../../../src/drivers/patcher/types.ts";
import { sshTransport } from "../../../src/drivers/transport/ssh.ts";
import type { LabHost } from "./host.ts";

export interface AptOptions {
  readonly ssh?: Readonly<Record<string, unknown>>;
  readonly apt?: Readonly<Record<string, unknown>>;
  readonly healthChecks?: readonly HealthCheck[];
}

/** A new connection of the apt driver to a lab host, as another process would make it. */
export function aptOn(host: LabHost, options: AptOptions = {}): PatcherConnection {
  const { address, port, identityFile, hostKey } = host;
  const ssh = { host: address, port, user: "root", identityFile, hostKey, connectTimeoutSeconds: 5, ...options.ssh };
  const transport = sshTransport.connect({ machine: host.name, config: sshTransport.configSchema.parse(ssh) });
  return aptPatcher.connect({
    machine: host.name,
    config: aptPatcher.configSchema.parse(options.apt ?? {}),
    transport,
    healthChecks: options.healthChecks ?? [],
  });
}

export function live(): AbortSignal {
  return new AbortController().signal;
}

export function watch(progress: (line: string) => void = () => {}) {
  return { signal: live(), progress };
}

export function operationOf<K extends ActKind>(connection: PatcherConnection, { do: kind }: { do: K }): Operation<K> {
  const operation: Operation<K> | undefined = connection.operations[kind];
  if (operation === undefined) throw new Error(`the driver does not declare ${kind}`);
  return operation;
}

/** Look, start and follow, as a run does; a blocker is an error here. */
export async function perform(connection: PatcherConnection, act: Act, tag: string): Promise<ActOutcome> {
  const operation = operationOf(connection, act);
  const { blockers, before } = await operation.look(act, live());
  if (blockers.length > 0) throw new Error(blockers.map((blocker) => blocker.message).join("; "));
  const handle = await operation.start(act, tag, before, live());
  return operation.follow(act, handle, before, watch());
}

export async function pendingOn(connection: PatcherConnection): Promise<Patch[]> {
  return (await connection.survey(live())).pending.patches;
}

/** The `PatchError` a call ends with; anything else is thrown on. */
export async function failureOf(call: Promise<unknown>): Promise<PatchError> {
  const caught = await call.then(
    () => new Error("it did not fail"),
    (error: unknown) => error,
  );
  if (caught instanceof PatchError) return caught;
  throw caught;
}

/** A lab host as it stands under `hosts:` in an inventory. */
export function inventoryHost(host: LabHost, health: readonly HealthCheck[] = []) {
  const { address, port, user, identityFile, hostKey } = host;
  return {
    patcher: { driver: "apt" },
    transport: { driver: "ssh", host: address, port, user, identityFile, hostKey },
    health,
  };
}
