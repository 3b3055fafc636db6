import type { Reporter, TestCase, TestModule, TestSuite } from "vitest/node";

/**
 * Ends the output with what was skipped, by name (the reason is part of the name), and with one plain
 * line of figures that scripts can read.
 */
export class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const count = { passed: 0, failed: 0, skipped: 0 };
    const skipped: string[] = [];
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === "passed" || state === "failed" || state === "skipped") count[state] += 1;
        if (state === "skipped") skipped.push(skippedName(module, test));
      }
      if (module.state() === "failed" && [...module.children.allTests()].length === 0) count.failed += 1;
    }
    if (skipped.length > 0) console.log("\nSkipped on this machine:");
    for (const name of new Set(skipped)) console.log(`  ${name} (${skipped.filter((one) => one === name).length})`);
    console.log(`\ntests: ${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
  }
}

/** The outermost group that says why it is skipped, else the test itself. */
function skippedName(module: TestModule, test: TestCase): string {
  const groups: TestSuite[] = [];
  for (let parent = test.parent; parent.type === "suite"; parent = parent.parent) groups.unshift(parent);
  const name = groups.find((group) => group.name.includes("skipped"))?.name ?? test.fullName;
  return `${module.relativeModuleId}: ${name}`;
}
