import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { compileJavaRegex, JavaRegexError, PatternSyntaxError } from "./compile-java-regex";

interface Case {
  readonly pattern: string;
  readonly text: string;
  readonly replacement: string;
  readonly limit: number;
  /** null where Java throws */
  readonly replaceAll: string | null;
  readonly replaceFirst: string | null;
  readonly matches: boolean | null;
  readonly split: string | null;
}

test("does what Java does for the patterns of the case file, unless it says that it cannot", () => {
  const lines = readFileSync(new URL("./cases/java.jsonl", import.meta.url), "utf8")
    .trim()
    .split("\n");
  const wrong: unknown[] = [];
  for (const line of lines) {
    const entry = JSON.parse(line) as Case;
    const { pattern, text, replacement, limit } = entry;
    const got = {
      replaceAll: attempt(() => compileJavaRegex(pattern).replaceAll(text, replacement)),
      replaceFirst: attempt(() => compileJavaRegex(pattern).replaceFirst(text, replacement)),
      matches: attempt(() => compileJavaRegex(pattern).matches(text)),
      split: attempt(() =>
        compileJavaRegex(pattern)
          .split(text, limit)
          .map((part) => `<${part}>`)
          .join(""),
      ),
    };
    if (got.matches === "not supported") continue;
    const expected = {
      replaceAll: entry.replaceAll,
      replaceFirst: entry.replaceFirst,
      matches: entry.matches,
      split: entry.split,
    };
    if (JSON.stringify(got) !== JSON.stringify(expected)) wrong.push({ ...entry, got });
  }
  expect(lines.length).toBeGreaterThan(300);
  expect(wrong).toEqual([]);
});

function attempt<T>(run: () => T): T | null | "not supported" {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof JavaRegexError)) throw error;
    return error.message.includes("not supported") ? "not supported" : null;
  }
}

test("reports a bad pattern as Java does", () => {
  expect(() => compileJavaRegex("[")).toThrow(new PatternSyntaxError("Unclosed character class", 0, "["));
  expect(messageOf(() => compileJavaRegex("["))).toBe("Unclosed character class near index 0\n[\n^");
  expect(messageOf(() => compileJavaRegex("*a"))).toBe("Dangling meta character '*' near index 0\n*a\n^");
  expect(messageOf(() => compileJavaRegex("(a"))).toBe("Unclosed group near index 2\n(a");
});

test("reports a bad replacement only when something matches", () => {
  const regex = compileJavaRegex("b");
  expect(regex.replaceAll("aaa", "$5")).toBe("aaa");
  expect(messageOf(() => regex.replaceAll("abc", "$5"))).toBe("No group 5");
  expect(messageOf(() => regex.replaceAll("abc", "$"))).toBe(
    "Illegal group reference: group index is missing",
  );
});

function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}

test("names the constructs that cannot run in linear time", () => {
  for (const pattern of ["(a)\\1", "a(?=b)", "(?<!a)b", "a++", "(?>a)", "\\Ga"]) {
    expect(() => compileJavaRegex(pattern)).toThrow(/not supported/);
  }
});

test("a pattern that defeats backtracking engines stays fast", () => {
  const started = performance.now();
  expect(compileJavaRegex("(a+)+b").matches("a".repeat(5000))).toBe(false);
  expect(compileJavaRegex("(x|x)*y").replaceAll("x".repeat(5000), "")).toHaveLength(5000);
  expect(performance.now() - started).toBeLessThan(2000);
});

test("splits as String.split does", () => {
  expect(compileJavaRegex(",").split("a,b,,c,,")).toEqual(["a", "b", "", "c"]);
  expect(compileJavaRegex(",").split("a,b,,c,,", -1)).toEqual(["a", "b", "", "c", "", ""]);
  expect(compileJavaRegex(",").split("a,b,c", 2)).toEqual(["a", "b,c"]);
  expect(compileJavaRegex(",").split("")).toEqual([""]);
  expect(compileJavaRegex("").split("abc")).toEqual(["a", "b", "c"]);
});
