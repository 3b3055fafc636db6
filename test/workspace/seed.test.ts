import { expect, it } from "vitest";
import { defaultSeed, startWorkspace } from "../../src/workspace/index.ts";

const [tuesday] = defaultSeed.apps ?? [];

it.each([
  [
    "a member nobody knows",
    { ...defaultSeed, userGroups: [{ id: "S0X", handle: "x", users: ["U0GHOST"] }] },
    "U0GHOST",
  ],
  [
    "HTTP mode without a request url",
    { ...defaultSeed, apps: tuesday === undefined ? [] : [{ ...tuesday, mode: "http" as const }] },
    "requestUrl",
  ],
  [
    "a channel id of the wrong shape",
    { ...defaultSeed, channels: [{ id: "patching", name: "x", members: [] }] },
    "C0PATCHING",
  ],
])("refuses a seed with %s", async (_what, seed, said) => {
  await expect(startWorkspace({ seed })).rejects.toThrow(said);
});
