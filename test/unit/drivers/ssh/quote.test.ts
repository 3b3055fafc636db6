import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { commandLine, quote } from "../../../../src/drivers/transport/ssh/quote.ts";

const nasty = [
  "plain",
  "two words",
  "",
  "it's",
  "''",
  "'; touch /tmp/owned; '",
  '"double"',
  "$(touch /tmp/owned)",
  "`id`",
  "$HOME ~ =ls",
  "back\\slash\\",
  "line\nbreak",
  "tab\tand\rreturn",
  "ünïcødé 漢字 🐧",
  "--leading=dash",
  "-",
  "a;b|c&d>e<f(g)h{i}j*k?l[m]n!o#p",
  "*",
  "\u0001\u007f",
];

describe("quoting for a shell", () => {
  for (const shell of ["sh", "bash"]) {
    it.each(nasty)(`${shell} hands %j over unchanged`, (argument) => {
      const line = commandLine({ argv: ["printf", "%s|", argument, "end"] });

      expect(execFileSync(shell, ["-c", line], { encoding: "utf8" })).toBe(`${argument}|end|`);
    });
  }

  it("leaves simple words readable", () => {
    expect(commandLine({ argv: ["dpkg-query", "-W", "libc6"] })).toBe("env LC_ALL=C dpkg-query -W libc6");
  });

  it("passes variables as data", () => {
    const line = commandLine({ argv: ["sh", "-c", 'printf %s "$GREETING"'], env: { GREETING: "a'b $(id)" } });

    expect(execFileSync("sh", ["-c", line], { encoding: "utf8" })).toBe("a'b $(id)");
  });

  it("refuses what cannot be a program, a variable or an argument", () => {
    expect(() => commandLine({ argv: ["-rf"] })).toThrow(TypeError);
    expect(() => commandLine({ argv: ["A=b"] })).toThrow(TypeError);
    expect(() => commandLine({ argv: [""] })).toThrow(TypeError);
    expect(() => commandLine({ argv: ["true"], env: { "A B": "c" } })).toThrow(TypeError);
    expect(() => quote("a\0b")).toThrow(TypeError);
  });
});
