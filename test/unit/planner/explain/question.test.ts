import { expect, test } from "vitest";
import { readQuestion } from "../../../../src/planner/explain/question.ts";

test.each([
  ["xen-2", { ask: "place", name: "xen-2" }],
  ["Why xen-2?", { ask: "place", name: "xen-2" }],
  ["s014", { ask: "place", name: "s014" }],
  ["why xen-1 before xen-2", { ask: "order", first: "xen-1", second: "xen-2" }],
  ["why is xen-1 before xen-2?", { ask: "order", first: "xen-1", second: "xen-2" }],
  ["why xen-2 after xen-1", { ask: "order", first: "xen-1", second: "xen-2" }],
  ["why not xen-2 before xen-1", { ask: "not-order", first: "xen-2", second: "xen-1" }],
  ["why can't xen-2 go before xen-1", { ask: "not-order", first: "xen-2", second: "xen-1" }],
  ["why is db-1 down ?", { ask: "down", name: "db-1" }],
  ["WHY DOES db-1 GO DOWN", { ask: "down", name: "db-1" }],
  ["why so long", { ask: "long" }],
  ["why does it take so long?", { ask: "long" }],
])("%j is understood", (text, expected) => {
  expect(readQuestion(text)).toEqual(expected);
});
