import { z } from "zod";
import { Calendar } from "./calendar.ts";
import { Pace } from "./pace.ts";
import { platformProducts, softwareProducts, storageKinds, Version } from "./products.ts";

/** Names reach unit names, tags and file names: lower-case letters, digits, hyphens, dots. */
export const Name = z
  .string()
  .regex(
    /^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?$/,
    "use 1-63 lower-case letters, digits, hyphens or dots, starting and ending with a letter or digit",
  );
export type Name = z.infer<typeof Name>;

const SlackUserId = z.string().regex(/^[UW][A-Z0-9]{2,}$/, "use a Slack member id such as U0ADAM");

/** Who belongs to a team: members by id, or a Slack user group, or both. An empty team is refused: nobody could act. */
export const Team = z
  .strictObject({
    members: z.array(SlackUserId).default([]),
    userGroup: z
      .string()
      .regex(/^S[A-Z0-9]{2,}$/, "use a Slack user group id such as S0APPROVERS")
      .optional(),
  })
  .refine(
    (team) => team.members.length > 0 || team.userGroup !== undefined,
    "is empty, so nobody could act; name members or a userGroup",
  );
export type Team = z.infer<typeof Team>;

/** A driver by name, with settings that the driver's own schema checks. */
export const DriverRef = z.looseObject({ driver: z.string() });
export type DriverRef = z.infer<typeof DriverRef>;

/** A command that must exit 0 on the machine, as an argument list: it is quoted, never interpreted. */
export const HealthCheck = z.strictObject({
  name: z.string().min(1).max(80),
  command: z.tuple([z.string()], z.string()),
  timeoutSeconds: z.number().int().positive().max(600).default(30),
});
export type HealthCheck = z.infer<typeof HealthCheck>;

/** A product that a machine runs, and the pools, groups or machines it serves; none named: all of the cluster. */
export const Runs = z.strictObject({
  product: z.enum(softwareProducts),
  version: Version.optional(),
  serves: z.array(Name).default([]),
});
export type Runs = z.infer<typeof Runs>;

const reach = {
  patcher: DriverRef.optional(),
  transport: DriverRef.optional(),
  health: z.array(HealthCheck).default([]),
  /** Machines that must be up before this one is patched or comes back. */
  dependsOn: z.array(Name).default([]),
  /** Software that order rules speak of. */
  runs: z.array(Runs).default([]),
};

export const Host = z.strictObject({ pool: Name.optional(), owner: SlackUserId.optional(), ...reach });
export type Host = z.infer<typeof Host>;

/**
 * What a VM is to others. `management` runs the pool named in `manages`; `slack-egress` carries the
 * bot's traffic; `controller` runs Tuesday or its Redis; `jump-host` is its way to the machines;
 * `witness` votes for a cluster elsewhere.
 */
export const vmRoles = [
  "management",
  "domain-controller",
  "dns",
  "database",
  "witness",
  "slack-egress",
  "controller",
  "storage-controller",
  "dhcp",
  "jump-host",
] as const;

export const Vm = z.strictObject({
  pool: Name,
  /** Where it is believed to run. Facts win; an unknown host is an error all the same. */
  host: Name.optional(),
  owner: SlackUserId.optional(),
  roles: z.array(z.enum(vmRoles)).default([]),
  manages: Name.optional(),
  ...reach,
});
export type Vm = z.infer<typeof Vm>;

export const groupKinds = [
  "domain-controllers",
  "quorum",
  "redundant",
  "sql-availability-group",
  "sql-failover-cluster",
  "exchange-dag",
  "mongodb",
  "elasticsearch",
  "rabbitmq",
  "etcd",
] as const;
export type GroupKind = (typeof groupKinds)[number];

export const Group = z.strictObject({
  kind: z.enum(groupKinds),
  members: z.array(Name).min(2, "a group needs at least two members; add one or remove the group"),
  /** Least number of members that must be up. Default: majority for a quorum, else one. */
  minUp: z.number().int().positive().optional(),
  /** The member that takes the writes, where the kind has one; it goes last (rules R59, R60, R62). */
  primary: Name.optional(),
  /** Members at another site: they go before the local ones (rule R59). */
  remote: z.array(Name).default([]),
  version: Version.optional(),
});
export type Group = z.infer<typeof Group>;

export const PoolStorage = z.strictObject({
  kind: z.enum(storageKinds),
  version: Version.optional(),
  /** Sites of a stretched cluster, the preferred one first; each with its hosts. */
  sites: z
    .array(z.strictObject({ name: Name, hosts: z.array(Name).min(1, "a site needs a host; name one") }))
    .default([]),
});
export type PoolStorage = z.infer<typeof PoolStorage>;

export const Pool = z.strictObject({
  driver: z.string(),
  config: z.looseObject({}).default({}),
  /** Where the driver does not tell: which product, which version. What the driver says wins. */
  product: z.enum(platformProducts).optional(),
  version: Version.optional(),
  storage: PoolStorage.optional(),
  /** VCF: the management domain goes before the workload domains (rule R10). */
  domain: z.enum(["management", "workload"]).optional(),
});
export type Pool = z.infer<typeof Pool>;

export const Policy = z.strictObject({
  operators: z.string(),
  approvers: z.string(),
  approvals: z.number().int().min(1).max(5).default(1),
  /** How long before a VM goes down its owner is warned. */
  warnAheadMinutes: z
    .number()
    .nonnegative()
    .max(24 * 60)
    .default(5),
  /** How long a rollback question waits before the run holds. */
  promptMinutes: z
    .number()
    .positive()
    .max(7 * 24 * 60)
    .default(30),
  /** How long an unapproved plan stays open. */
  approvalMinutes: z
    .number()
    .positive()
    .max(30 * 24 * 60)
    .default(24 * 60),
  snapshots: z.enum(["before-guest-patch", "never"]).default("before-guest-patch"),
  reboots: z.enum(["when-needed", "never"]).default("when-needed"),
  /** When runs may do their work. Default: at any time. */
  calendar: Calendar.optional(),
  /** How much may be away at once. Default: one of everything. */
  pace: Pace.optional(),
});
export type Policy = z.infer<typeof Policy>;

export const Cluster = z.strictObject({
  description: z.string().max(200).default(""),
  policy: Policy,
  pools: z.record(Name, Pool).default({}),
  hosts: z.record(Name, Host),
  vms: z.record(Name, Vm).default({}),
  groups: z.record(Name, Group).default({}),
});
export type Cluster = z.infer<typeof Cluster>;

export const Inventory = z.strictObject({
  version: z.literal(1),
  teams: z.record(Name, Team),
  clusters: z.record(Name, Cluster),
});
export type Inventory = z.infer<typeof Inventory>;
