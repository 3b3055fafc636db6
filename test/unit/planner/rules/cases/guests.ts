import type { PoolSketch, Sketch, VmSketch } from "../../../../support/builders.ts";
import { none, pool, type RuleCase } from "./case.ts";

const members: Readonly<Record<string, VmSketch>> = { a: { on: "h1" }, b: { on: "h1" }, c: { on: "h1" } };
const group = (kind: string, more: { primary?: string; remote?: readonly string[] } = {}): Sketch => ({
  ...pool("proxmox-ve", "8", { hosts: { h1: none }, vms: members }),
  groups: { g: { kind, members: ["a", "b", "c"], ...more } },
});
const apart = ["guest-os/a", "guest-os/b", "guest-os/c"];
const api = (names: readonly string[]): Sketch => ({
  bare: Object.fromEntries(names.map((name) => [name, { runs: ["kube-apiserver"] }])),
});

const withRole = (role: string, more: Partial<PoolSketch> = {}) =>
  pool("proxmox-ve", "8", { vms: { x: { on: "h1", roles: [role], ...none } }, ...more });
const stuckRole = (role: string) =>
  pool("proxmox-ve", "8", { vms: { x: { on: "h1", roles: [role], stuck: true, ...none } } });
const witness = (product: PoolSketch["product"], manages: string) =>
  pool(product, undefined, { vms: { x: { on: "h1", roles: ["witness"], manages } } });
const elsewhere = (product: PoolSketch["product"]): Sketch => ({
  pools: { ...witness(product, "q").pools, q: { family: "test", hosts: { k1: none } } },
});
const needs = (names: readonly string[]) =>
  pool("proxmox-ve", "8", {
    hosts: { h1: { dependsOn: names }, h2: {} },
    vms: { dns: { on: "h1", stuck: true, ...none } },
  });

export const guestCases: readonly RuleCase[] = [
  { rule: "R58", says: group("domain-controllers"), silent: group("redundant"), order: apart },
  {
    rule: "R59",
    says: group("sql-availability-group", { primary: "a", remote: ["c"] }),
    silent: group("redundant"),
    order: ["guest-os/c", "guest-os/b", "guest-os/a"],
    words: /failed over from a/,
  },
  {
    rule: "R60",
    says: group("sql-failover-cluster", { primary: "a" }),
    silent: group("sql-availability-group", { primary: "a" }),
    order: ["guest-os/b", "guest-os/c", "guest-os/a"],
  },
  { rule: "R61", says: group("exchange-dag"), silent: group("redundant"), order: apart },
  {
    rule: "R62",
    says: group("mongodb", { primary: "a" }),
    silent: group("quorum"),
    order: ["guest-os/b", "guest-os/c", "guest-os/a"],
  },
  { rule: "R63", says: group("elasticsearch"), silent: group("quorum"), order: apart },
  { rule: "R64", says: group("rabbitmq"), silent: group("quorum"), order: apart },
  { rule: "R65", says: group("etcd"), silent: group("quorum"), order: apart },
  { rule: "R65", says: api(["a"]), silent: api(["a", "b"]), refused: /a is the only control plane.*R65/ },
  { rule: "R66", says: group("quorum"), silent: group("domain-controllers"), order: apart },
  {
    rule: "T2",
    says: pool("proxmox-ve", "8", { hosts: { h1: none }, vms: { a: { on: "h1", dependsOn: ["b"] }, b: { on: "h1" } } }),
    silent: pool("proxmox-ve", "8", { hosts: { h1: none }, vms: { a: { on: "h1" }, b: { on: "h1" } } }),
    order: ["guest-os/b", "guest-os/a"],
  },
  { rule: "R71", says: withRole("controller"), silent: withRole("database"), words: /runs Tuesday.*moved away/ },
  { rule: "R71b", says: withRole("jump-host"), silent: withRole("database"), words: /way to the machines.*moved away/ },
  {
    rule: "R71b",
    says: stuckRole("jump-host"),
    silent: stuckRole("database"),
    refused: /x is the way to the machines, runs on h1, which must reboot, and cannot be moved/,
  },
  { rule: "R72", says: withRole("management"), silent: withRole("database"), words: /manages the pool.*moved away/ },
  { rule: "R73", says: withRole("dhcp"), silent: withRole("database"), words: /x\) run in one pool/ },
  {
    rule: "R73",
    says: needs(["dns"]),
    silent: needs([]),
    refused: /h1 needs dns to come up, and dns runs on h1 and cannot be moved/,
  },
  {
    rule: "R74",
    says: witness("wsfc", "p"),
    silent: elsewhere("wsfc"),
    refused: /x is the witness of p and runs on p/,
  },
  {
    rule: "R75",
    says: witness("vsphere", "p"),
    silent: elsewhere("vsphere"),
    refused: /x is the witness of p and runs on p/,
  },
  {
    rule: "R76",
    says: withRole("storage-controller"),
    silent: withRole("database"),
    refused: /does not say what storage p has/,
  },
  {
    rule: "R77",
    says: pool("proxmox-ve", "8", { busyWith: ["backup"] }),
    silent: pool("proxmox-ve", "8"),
    refused: /p is busy: backup.*R77/,
  },
  { rule: "R78", says: withRole("slack-egress"), silent: withRole("database"), words: /Slack traffic.*moved away/ },
];
