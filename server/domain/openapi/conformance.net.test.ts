import { afterAll, describe, expect, it } from "vitest";
import { conformanceFolder } from "@/server/testing/conformance/case-file";
import { runSequence } from "@/server/testing/conformance/domain/run-sequence";
import { sequenceCases } from "@/server/testing/conformance/domain/sequence-case";

const FILES = ["import-openapi", "export-openapi", "control-plane-documentation"];
const folder = conformanceFolder();
if (folder === null)
  console.info("Recorded imports and exports are skipped: GATEHOUSE_CONFORMANCE names no folder");

const figures = { cases: 0, same: 0, answers: 0, different: 0, notTheDomains: 0 };
afterAll(() => {
  if (folder !== null) console.info(`Recorded imports and exports: ${JSON.stringify(figures)}`);
});

describe.skipIf(folder === null)("recorded calls, by the domain alone", () => {
  for (const file of FILES) {
    for (const one of folder === null ? [] : sequenceCases(folder, file)) {
      it(one.id, () => {
        const { differences, checked, skipped } = runSequence(one);
        figures.cases++;
        figures.same += differences.length === 0 ? 1 : 0;
        figures.answers += checked;
        figures.different += differences.length;
        figures.notTheDomains += skipped.length;
        expect(differences).toEqual([]);
      });
    }
  }
});
