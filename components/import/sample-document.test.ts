import { expect, it } from "vitest";
import { checkDefinition } from "@/server/domain/check/check-definition";
import { importOpenApi } from "@/server/domain/openapi/import/import-openapi";
import { SAMPLE_DOCUMENT } from "./sample-document";

it("imports as it is, without a problem to fix", () => {
  let id = 0;
  const { definition, report } = importOpenApi(SAMPLE_DOCUMENT, {
    filename: "pet-store.yaml",
    ids: () => `id${String(++id).padStart(4, "0")}`,
  });
  expect(report.filter((entry) => entry.outcome !== "kept")).toEqual([]);
  expect(checkDefinition(definition)).toEqual([]);
});
