import { expect, test } from "vitest";
import { Act, actTarget } from "../../../src/domain/act.ts";
import { actWords, count } from "../../../src/domain/act-words.ts";
import { patch } from "../../support/builders.ts";

const two = [patch("openssl"), patch("curl")];

const acts: readonly [Act, string, string][] = [
  [{ do: "set-switch", pool: "p", name: "ha", on: false }, "p", "switch ha off in p"],
  [{ do: "set-switch", pool: "p", name: "ha", on: true }, "p", "switch ha on in p"],
  [{ do: "migrate", pool: "p", vm: "web", from: "h2", to: "h1" }, "web", "move web from h2 to h1 (live)"],
  [{ do: "enter-maintenance", pool: "p", host: "h1" }, "h1", "put h1 in maintenance"],
  [{ do: "leave-maintenance", pool: "p", host: "h1" }, "h1", "take h1 out of maintenance"],
  [{ do: "stop-vm", pool: "p", vm: "web" }, "web", "shut down web"],
  [{ do: "start-vm", pool: "p", vm: "web", host: "h1" }, "web", "start web on h1"],
  [{ do: "snapshot", pool: "p", vm: "web", name: "s" }, "web", "snapshot web"],
  [{ do: "revert-snapshot", pool: "p", vm: "web", name: "s" }, "web", "revert web to snapshot s"],
  [{ do: "remove-snapshot", pool: "p", vm: "web", name: "s" }, "web", "remove snapshot s of web"],
  [{ do: "patch", machine: "web", patches: two }, "web", "install 2 patches on web"],
  [{ do: "revert-patches", machine: "web", patches: two.slice(1) }, "web", "take back 1 patch on web"],
  [{ do: "reboot", machine: "h1" }, "h1", "reboot h1"],
  [{ do: "check-health", machine: "h1" }, "h1", "check the health of h1"],
];

test.each(acts)("$2", (act, target, words) => {
  expect(Act.parse(act)).toEqual(act);
  expect(actTarget(act)).toBe(target);
  expect(actWords(act)).toBe(words);
});

test("every kind of act has words and a target in this test", () => {
  const kinds = Act.options.map((option) => option.shape.do.value);

  expect([...new Set(acts.map(([act]) => act.do))].sort()).toEqual([...kinds].sort());
});

test("one is one, everything else is many", () => {
  expect([0, 1, 2].map((n) => count(n, "host", "hosts"))).toEqual(["0 hosts", "1 host", "2 hosts"]);
});
