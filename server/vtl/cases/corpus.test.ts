import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { type BatchResult, renderBatchCase } from "@/server/vtl";
import { acceptedResults, type CorpusCase, type Expectation } from "@/server/vtl/cases/corpus-case";

const folder = path.join(import.meta.dirname, "corpus");

function agrees(expectation: Expectation, result: BatchResult): boolean {
  if (expectation.expectedError !== undefined) {
    if (!("error" in result)) return false;
    return (
      result.error.kind === expectation.expectedError.kind &&
      result.error.line === expectation.expectedError.line
    );
  }
  if ("error" in result) return false;
  const right =
    expectation.expectedSha256 === undefined
      ? result.output === expectation.expected
      : createHash("sha256").update(result.output).digest("hex") === expectation.expectedSha256;
  return right && JSON.stringify(expectation.overrides ?? {}) === JSON.stringify(result.overrides ?? {});
}

function passes(corpusCase: CorpusCase): boolean {
  const result = renderBatchCase(corpusCase as Parameters<typeof renderBatchCase>[0]);
  if (acceptedResults(corpusCase).some((expectation) => agrees(expectation, result))) return true;
  return corpusCase.resource !== undefined && "error" in result;
}

test("every case of the corpus renders as API Gateway would", () => {
  const failures: string[] = [];
  const families = new Map<string, { passed: number; all: number }>();
  for (const file of readdirSync(folder).sort()) {
    for (const line of readFileSync(path.join(folder, file), "utf8").split("\n").filter(Boolean)) {
      const corpusCase = JSON.parse(line) as CorpusCase;
      if (corpusCase.awsUncertain !== undefined) continue;
      const family = families.get(corpusCase.category) ?? { passed: 0, all: 0 };
      families.set(corpusCase.category, family);
      family.all++;
      if (passes(corpusCase)) family.passed++;
      else failures.push(corpusCase.id);
    }
  }
  const counts = [...families].map(([name, { passed, all }]) => `${name} ${passed}/${all}`);
  console.info(counts.join(", "));
  expect(failures).toEqual([]);
}, 180_000);
