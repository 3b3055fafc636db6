import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { loadInventory, readInventory } from "../../src/inventory-file.ts";

/** The smallest inventory that is right. Lines are counted in the tests: policy is line 6, h1 line 8. */
const small = `version: 1
teams:
  ops: { members: [U0ADAM] }
clusters:
  c:
    policy: { operators: ops, approvers: ops }
    hosts:
      h1: {}
`;
const pools = `    pools:
      p: { driver: simulated, config: { url: "http://127.0.0.1:3100" } }
`;

function problemsOf(text: string): readonly string[] {
  const loaded = readInventory("inv.yaml", text);
  return loaded.ok ? [] : loaded.problems;
}

test("the smallest inventory loads, with its defaults filled in", () => {
  const loaded = readInventory("inv.yaml", small);

  expect(loaded.ok && loaded.inventory.clusters.c?.policy).toMatchObject({
    approvals: 1,
    snapshots: "before-guest-patch",
    reboots: "when-needed",
  });
});

const examples = fileURLToPath(new URL("../../docs/examples/", import.meta.url));
test.each(readdirSync(examples).filter((file) => file.endsWith(".yaml")))("docs/examples/%s loads", (file) => {
  const loaded = loadInventory(join(examples, file));

  expect(loaded.ok ? [] : loaded.problems).toEqual([]);
});

test("a file that is not there is told with what to set", () => {
  const loaded = loadInventory("/nowhere/inv.yaml");

  expect(loaded).toEqual({
    ok: false,
    problems: ["/nowhere/inv.yaml: cannot be read (ENOENT); set INVENTORY to the path of your inventory"],
  });
});

test.each<[string, string, string]>([
  ["an empty file", "", "inv.yaml:1: file: is empty; start from docs/examples/try-out.yaml"],
  ["a file of comments only", "# nothing\n", "inv.yaml:1: file: is empty; start from docs/examples/try-out.yaml"],
  ["a file that is one word", "hello", "inv.yaml:1: file: must be a map (key: value)"],
  [
    "a file that is not YAML",
    "a: b: c\n",
    "inv.yaml:1: Nested mappings are not allowed in compact mappings; correct the YAML here",
  ],
  [
    "indentation by tabs",
    "version: 1\nteams:\n\tops: {}\n",
    "inv.yaml:3: tabs are not allowed as indentation; use spaces",
  ],
  [
    "a key that is there twice",
    `${small}      h1: {}\n`,
    "inv.yaml:9: h1: is there twice; remove or rename one of them",
  ],
  [
    "a second document",
    `${small}---\na: 1\n`,
    "inv.yaml:9: a second YAML document begins here; keep everything in one",
  ],
  [
    "an alias without its anchor",
    "version: *x\n",
    "inv.yaml:1: file: Unresolved alias (the anchor must be set before the alias): x; write the value out instead of using an alias (*)",
  ],
  [
    "a name that JavaScript would drop without a word",
    `${small}      __proto__: {}\n`,
    "inv.yaml:9: __proto__: is not allowed as a name; choose another one",
  ],
])("refuses %s, with the line and what to do", (_what, text, problem) => {
  expect(problemsOf(text)).toEqual([problem]);
});

test("refuses aliases that would fill the memory", () => {
  const ten = (name: string) => Array.from({ length: 10 }, () => `*${name}`).join(",");
  const bomb = `a: &a [1,1]\nb: &b [${ten("a")}]\nc: &c [${ten("b")}]\nd: [${ten("c")}]\n`;

  expect(problemsOf(bomb)).toEqual([expect.stringMatching(/^inv\.yaml:1: file: Excessive alias count.*; write the/)]);
});

test.each<[string, string, string]>([
  [
    "an unknown key",
    `${small}    vmz:\n      a: {}\n`,
    'inv.yaml:9: clusters.c.vmz: unknown key "vmz"; remove it or correct its spelling',
  ],
  ["a wrong type", small.replace("[U0ADAM]", "U0ADAM"), "inv.yaml:3: teams.ops.members: must be a list ([a, b])"],
  [
    "a host without a body",
    small.replace("h1: {}", "h1:"),
    "inv.yaml:8: clusters.c.hosts.h1: must be a map (key: value)",
  ],
  [
    "a missing policy",
    small.replace("policy: { operators: ops, approvers: ops }", "description: x"),
    "inv.yaml:5: clusters.c.policy: is missing; add a map (key: value)",
  ],
  ["a format of another time", small.replace("version: 1", "version: 2"), "inv.yaml:1: version: is not known; use 1"],
  [
    "a bad name",
    small.replace("h1: {}", "Host_1: {}"),
    "inv.yaml:8: clusters.c.hosts.Host_1: use 1-63 lower-case letters, digits, hyphens or dots, starting and ending with a letter or digit",
  ],
  [
    "a person who is not a member id",
    small.replace("U0ADAM", "adam"),
    "inv.yaml:3: teams.ops.members.0: use a Slack member id such as U0ADAM",
  ],
  [
    "a team of nobody",
    small.replace("[U0ADAM]", "[]"),
    "inv.yaml:3: teams.ops: is empty, so nobody could act; name members or a userGroup",
  ],
  [
    "a policy with too many approvals",
    small.replace("approvers: ops", "approvers: ops, approvals: 9"),
    "inv.yaml:6: clusters.c.policy.approvals: must be at most 5",
  ],
  [
    "a group of one",
    `${small}    groups:\n      g: { kind: quorum, members: [h1] }\n`,
    "inv.yaml:10: clusters.c.groups.g.members: a group needs at least two members; add one or remove the group",
  ],
  [
    "an unknown kind of group",
    `${small}    groups:\n      g: { kind: family, members: [h1, h1] }\n`,
    "inv.yaml:10: clusters.c.groups.g.kind: is not known; use one of domain-controllers, quorum, redundant, sql-availability-group, sql-failover-cluster, exchange-dag, mongodb, elasticsearch, rabbitmq, etcd",
  ],
  [
    "an unknown role",
    `${small}${pools}    vms:\n      v: { pool: p, roles: [wizard] }\n`,
    "inv.yaml:12: clusters.c.vms.v.roles.0: is not known; use one of management, domain-controller, dns, database, witness, slack-egress, controller, storage-controller, dhcp, jump-host",
  ],
])("refuses %s, with line, key and what to do", (_what, text, problem) => {
  expect(problemsOf(text)).toEqual([problem]);
});

test.each<[string, string, string]>([
  [
    "a team that is not there",
    small.replace("operators: ops", "operators: opps"),
    'inv.yaml:6: clusters.c.policy.operators: there is no team "opps"; use one of ops',
  ],
  [
    "a team with the name of something every object has",
    small.replace("approvers: ops", "approvers: constructor"),
    'inv.yaml:6: clusters.c.policy.approvers: there is no team "constructor"; use one of ops',
  ],
  [
    "a host in an unknown pool",
    `${small}${pools}`.replace("h1: {}", "h1: { pool: q }"),
    'inv.yaml:8: clusters.c.hosts.h1.pool: there is no pool "q"; use one of p',
  ],
  [
    "a VM in an unknown pool",
    `${small}${pools}    vms:\n      v: { pool: q }\n`,
    'inv.yaml:12: clusters.c.vms.v.pool: there is no pool "q"; use one of p',
  ],
  [
    "a VM on an unknown host",
    `${small}${pools}    vms:\n      v: { pool: p, host: h9 }\n`,
    'inv.yaml:12: clusters.c.vms.v.host: there is no host "h9"; use one of h1',
  ],
  [
    "a VM that manages an unknown pool",
    `${small}${pools}    vms:\n      v: { pool: p, manages: q }\n`,
    'inv.yaml:12: clusters.c.vms.v.manages: there is no pool "q"; use one of p',
  ],
  [
    "a VM with the name of a host",
    `${small}${pools}    vms:\n      h1: { pool: p }\n`,
    'inv.yaml:12: clusters.c.vms.h1: "h1" is the name of a host as well; rename one of them',
  ],
  [
    "an unknown driver",
    `${small}    pools:\n      p: { driver: abacus }\n`,
    'inv.yaml:10: clusters.c.pools.p.driver: there is no hypervisor driver "abacus"; use one of simulated',
  ],
  [
    "a setting of a driver that is missing",
    `${small}    pools:\n      p: { driver: simulated }\n`,
    "inv.yaml:10: clusters.c.pools.p.config.url: is missing; add a text",
  ],
  [
    "a patcher without a way to the machine",
    small.replace("h1: {}", "h1: { patcher: { driver: apt } }"),
    'inv.yaml:8: clusters.c.hosts.h1: patcher "apt" needs a transport to reach the machine; add one, for example { driver: ssh, … }',
  ],
  [
    "a group with an unknown member",
    `${small}      h2: {}\n    groups:\n      g: { kind: redundant, members: [h1, h9] }\n`,
    'inv.yaml:11: clusters.c.groups.g.members.1: there is no host or VM "h9"; correct the name or add the machine',
  ],
  [
    "a member named twice",
    `${small}    groups:\n      g: { kind: redundant, members: [h1, h1] }\n`,
    "inv.yaml:10: clusters.c.groups.g.members: a member is named twice; remove one of the two",
  ],
  [
    "a group of which none may ever go down",
    `${small}      h2: {}\n    groups:\n      g: { kind: redundant, members: [h1, h2], minUp: 2 }\n`,
    "inv.yaml:11: clusters.c.groups.g.minUp: minUp 2 of 2 members means that none may ever go down; use at most 1",
  ],
  [
    "software that serves something unknown",
    small.replace("h1: {}", "h1: { runs: [{ product: veeam-server, serves: [q] }] }"),
    'inv.yaml:8: clusters.c.hosts.h1.runs.0.serves.0: there is no pool, group, host or VM "q"; correct the name or add it',
  ],
  [
    "a site with a host of nowhere",
    `${small}${pools}`.replace(" } }\n", " }, storage: { kind: vsan, sites: [{ name: a, hosts: [h1] }] } }\n"),
    'inv.yaml:10: clusters.c.pools.p.storage.sites.0.hosts.0: there is no host "h1" in p; correct the name',
  ],
  [
    "a primary that is no member",
    `${small}      h2: {}\n      h3: {}\n    groups:\n      g: { kind: mongodb, members: [h1, h2], primary: h3 }\n`,
    'inv.yaml:12: clusters.c.groups.g.primary: "h3" is not a member of g; use one of h1, h2',
  ],
  [
    "a remote member that is no member",
    `${small}      h2: {}\n    groups:\n      g: { kind: sql-availability-group, members: [h1, h2], remote: [h9] }\n`,
    'inv.yaml:11: clusters.c.groups.g.remote.0: "h9" is not a member of g; use one of h1, h2',
  ],
  [
    "a dependency on something unknown",
    small.replace("h1: {}", "h1: { dependsOn: [nas] }"),
    'inv.yaml:8: clusters.c.hosts.h1.dependsOn.0: there is no host or VM "nas"; correct the name or add the machine',
  ],
  [
    "a dependency on something every object has",
    small.replace("h1: {}", "h1: { dependsOn: [constructor] }"),
    'inv.yaml:8: clusters.c.hosts.h1.dependsOn.0: there is no host or VM "constructor"; correct the name or add the machine',
  ],
  [
    "a machine that depends on itself",
    small.replace("h1: {}", "h1: { dependsOn: [h1] }"),
    "inv.yaml:8: clusters.c.hosts.h1.dependsOn: these depend on each other in a circle: h1 → h1; remove one dependsOn",
  ],
  [
    "a circle of dependencies",
    `${small}      h2: { dependsOn: [h3] }\n      h3: { dependsOn: [h2] }\n`,
    "inv.yaml:9: clusters.c.hosts.h2.dependsOn: these depend on each other in a circle: h2 → h3 → h2; remove one dependsOn",
  ],
])("refuses %s, with line, key and what to do", (_what, text, problem) => {
  expect(problemsOf(text)).toEqual([problem]);
});

test.each(["help", "status", "plan", "pause", "resume", "abort", "unlock"])(
  "refuses a cluster called %s: it is a word of /patch",
  (word) => {
    expect(problemsOf(small.replace("  c:", `  ${word}:`))).toEqual([
      `inv.yaml:5: clusters.${word}: "${word}" is a word of /patch; choose another name`,
    ]);
  },
);

test("a VM called like something every object has is a VM like any other", () => {
  expect(problemsOf(`${small}${pools}    vms:\n      constructor: { pool: p }\n`)).toEqual([]);
});

test("two machines may depend on the same third one: that is no circle", () => {
  const text = `${small}      h2: { dependsOn: [h3] }\n      h3: {}\n      h4: { dependsOn: [h3, h2] }\n`;

  expect(problemsOf(text)).toEqual([]);
});

test("all problems are told at once, not one by one", () => {
  const text = `${small.replace("ops, approvers", "nobody, approvers")}${pools}    vms:\n      v: { pool: q, host: h9 }\n`;

  expect(problemsOf(text)).toHaveLength(3);
});

/** `count` VMs, each depending on the next; the last on `end`. */
function chainOf(count: number, end: string): string {
  const vms = Array.from({ length: count }, (_, i) => {
    const next = i === count - 1 ? end : `v${i + 1}`;
    return `      v${i}: { pool: p, dependsOn: [${next}] }\n`;
  });
  return `${small}${pools}    vms:\n${vms.join("")}`;
}

test("a chain of ten thousand dependent VMs loads within seconds", { timeout: 15_000 }, () => {
  expect(problemsOf(chainOf(10_000, "h1"))).toEqual([]);
});

test("refuses a circle of ten thousand VMs within seconds, naming them", { timeout: 15_000 }, () => {
  const [problem, ...more] = problemsOf(chainOf(10_000, "v0"));

  expect(more).toEqual([]);
  expect(problem).toMatch(
    /^inv\.yaml:12: clusters\.c\.vms\.v0\.dependsOn: these depend on each other in a circle: v0 → v1 → /,
  );
});
