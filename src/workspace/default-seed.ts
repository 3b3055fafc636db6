import type { WorkspaceSeed } from "./seed.ts";

/** The workspace of the try-out: one team, two channels, four people, one bot. */
export const defaultSeed: WorkspaceSeed = {
  team: { id: "T0LOCAL", name: "Harbour Ops", domain: "harbour-ops" },
  users: [
    { id: "U0RITA", name: "rita", realName: "Rita Okafor", title: "Infrastructure", colour: "#b4477b" },
    { id: "U0ADAM", name: "adam", realName: "Adam Lindqvist", title: "Approver", colour: "#2f7d6b" },
    { id: "U0OLGA", name: "olga", realName: "Olga Brandt", title: "Owner of the database VMs", colour: "#a8642a" },
    { id: "U0SAM", name: "sam", realName: "Sam Stranger", title: "In no group", colour: "#5f6c7b" },
  ],
  channels: [
    {
      id: "C0PATCHING",
      name: "patching",
      topic: "Patch runs, approvals and roll-backs",
      members: ["U0RITA", "U0ADAM", "U0OLGA", "U0SAM", "U0TUESDAY"],
    },
    {
      id: "C0GENERAL",
      name: "general",
      topic: "Everything else",
      members: ["U0RITA", "U0ADAM", "U0OLGA", "U0SAM"],
    },
  ],
  userGroups: [
    { id: "S0OPERATORS", handle: "patch-operators", name: "Patch operators", users: ["U0RITA", "U0ADAM"] },
    { id: "S0APPROVERS", handle: "patch-approvers", name: "Patch approvers", users: ["U0ADAM", "U0OLGA"] },
  ],
  apps: [
    {
      id: "A0TUESDAY",
      name: "Tuesday",
      botUser: "U0TUESDAY",
      botToken: "xoxb-local-tuesday",
      appToken: "xapp-local-tuesday",
      signingSecret: "local-signing-secret",
      mode: "socket",
      commands: [
        {
          command: "/patch",
          description: "Plan and run patching of a cluster",
          usageHint: "cluster-a | status | help",
          shouldEscape: true,
        },
      ],
    },
  ],
};
