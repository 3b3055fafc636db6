import { defineConfig } from "vitest/config";

// One config, four kinds of test. `unit` needs nothing running; the others start what they
// need themselves and are skipped by name, with the reason, where the machine lacks it.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/unit/**/*.test.ts", "test/architecture/**/*.test.ts", "test/contract/**/*.test.ts"],
        },
      },
      { test: { name: "workspace", include: ["test/workspace/**/*.test.ts"], testTimeout: 30_000 } },
      {
        test: {
          name: "integration",
          include: ["test/integration/**/*.test.ts"],
          testTimeout: 90_000,
          hookTimeout: 90_000,
        },
      },
      {
        test: {
          name: "hosts",
          include: ["test/hosts/**/*.test.ts"],
          testTimeout: 600_000,
          hookTimeout: 600_000,
          fileParallelism: false,
        },
      },
    ],
    maxWorkers: 2,
  },
});
