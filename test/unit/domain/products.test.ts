import { expect, test } from "vitest";
import { compareVersions, products, Version } from "../../../src/domain/products.ts";

test.each<[string, string, number]>([
  ["8.0.3", "8.0.3", 0],
  ["9", "9.0", 0],
  ["8.0", "8.0.3", -1],
  ["10.0", "9.9", 1],
  ["23H2", "22H2", 1],
  ["7.0u3", "7.0.3", 0],
])("version %s against %s", (a, b, sign) => {
  expect(Math.sign(compareVersions(a, b))).toBe(sign);
});

test("a version has digits and begins with one", () => {
  for (const good of ["8.0.3", "23H2", "9", "2016", "8.0u3", "7.0-123"])
    expect(Version.safeParse(good).success).toBe(true);
  for (const bad of ["", "new", "v8", "8.0 "]) expect(Version.safeParse(bad).success).toBe(false);
});

test("no product is named twice", () => {
  expect(new Set(products).size).toBe(products.length);
});
