import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { type BatchCase, compileTemplate, contextFromRecord, VtlError } from "@/server/vtl";
import { renderTraced } from "@/server/vtl/trace/render-traced";

const corpus = path.join(import.meta.dirname, "../cases/corpus");

function bindingsOf({ input = {}, context = {}, stageVariables = {} }: BatchCase) {
  const { body = null, path: pathParameters = {}, query = {}, headers = {} } = input;
  const message = { body, path: pathParameters, query, headers };
  return { input: message, context: contextFromRecord(context), stageVariables };
}

function normal(batchCase: BatchCase) {
  try {
    return compileTemplate(batchCase.template).render(bindingsOf(batchCase));
  } catch (error) {
    if (!(error instanceof VtlError)) throw error;
    const { kind, code, message, line, column, span } = error;
    return { kind, code, message, line, column, span };
  }
}

function traced(batchCase: BatchCase) {
  const { output, overrides, error, trace } = renderTraced(batchCase.template, bindingsOf(batchCase));
  let end = 0;
  for (const { from, to } of trace.sources) {
    if (from !== end || to <= from) throw new Error(`${batchCase.id}: a gap at ${end}`);
    end = to;
  }
  if (end !== output.length) throw new Error(`${batchCase.id}: sources end at ${end} of ${output.length}`);
  if (error === null) return { output, overrides };
  const { kind, code, message, line, column, span } = error;
  return { kind, code, message, line, column, span };
}

test("a traced render gives what a render gives, also when it fails, and its sources cover the output", () => {
  const different: string[] = [];
  for (const file of readdirSync(corpus)) {
    const lines = readFileSync(path.join(corpus, file), "utf8").split("\n").filter(Boolean);
    // These try the methods of Java's classes one by one, which is all the same to a trace.
    const every = /^(generated-methods|java-methods)/.test(file) ? 10 : 1;
    for (const [index, line] of lines.entries()) {
      if (index % every !== 0) continue;
      const batchCase = JSON.parse(line) as BatchCase;
      if (JSON.stringify(normal(batchCase)) !== JSON.stringify(traced(batchCase)))
        different.push(`${batchCase.id}`);
    }
  }
  expect(different).toEqual([]);
}, 120_000);
