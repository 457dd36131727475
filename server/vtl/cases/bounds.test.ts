import { describe, expect, test } from "vitest";
import {
  compileTemplate,
  contextFromRecord,
  type RenderLimits,
  renderBatchCase,
  VtlError,
} from "@/server/vtl";
import { hostileTemplates, slowTexts } from "@/server/vtl/cases/hostile-templates";

function render(template: string, body: string | null, limits?: Partial<RenderLimits>): string {
  const input = { body, path: {}, query: {}, headers: {} };
  const bindings = { input, context: contextFromRecord({ stage: "s" }), stageVariables: {} };
  return compileTemplate(template).render(bindings, limits).output;
}

function limitOf(template: string, body: string | null, limits?: Partial<RenderLimits>): VtlError {
  try {
    render(template, body, limits);
  } catch (error) {
    expect(error).toBeInstanceOf(VtlError);
    return error as VtlError;
  }
  throw new Error("the template met no limit");
}

/** A tenth of the usual budgets or less, so that each is exceeded quickly. */
const smallLimits: Partial<RenderLimits> = {
  nowMs: () => performance.now(),
  steps: 400_000,
  memory: 8_000_000,
  outputLength: 500_000,
  collectionSize: 100_000,
};

test.each(Object.entries(hostileTemplates))("%s: ended by its budget, soon", (_name, hostile) => {
  const { template, body = null, code } = hostile;
  const limits = { ...smallLimits, maxMs: code === "time" ? 200 : 20_000 };
  const start = performance.now();
  expect(limitOf(template, body, limits)).toMatchObject({ kind: "limit", code });
  expect(performance.now() - start).toBeLessThan(10_000);
});

test.each(Object.entries(slowTexts))("%s: done with in time", (_name, { template, body }) => {
  const start = performance.now();
  const result = renderBatchCase({ id: "t", template, input: { body } });
  expect("output" in result || result.error.kind).toBeTruthy();
  expect(performance.now() - start).toBeLessThan(3_000);
});

describe("the error of a budget", () => {
  test.each([
    ["a method", "\n  $input.body.repeat(99)", { outputLength: 100 }, [2, 15]],
    ["a loop", "a\n#foreach($i in [1..9])b#end", { steps: 5 }, [2, 1]],
    ["#set", "\n\n #set($x = [1..99])", { collectionSize: 50 }, [3, 2]],
    ["a condition", "\n#if([1..99] == 'x')#end", { collectionSize: 50 }, [2, 5]],
    ["a reference", "#set($l = [[[1]]])\n$l", { depth: 1 }, [2, 1]],
    ["a block", "#define($a)$b#end#define($b)x#end\n$a", { depth: 1 }, [1, 12]],
  ] as const)("tells the place of %s", (_what, template, limits, [line, column]) => {
    expect(limitOf(template, null, limits)).toMatchObject({ kind: "limit", line, column });
  });

  test("names the budget, its size and a remedy", () => {
    expect(limitOf("#foreach($i in [1..1000])$i.length()#end", null, { steps: 1500 }).message).toBe(
      "The template takes more than 1,500 steps. Loop over less, or raise the limit `steps`.",
    );
  });

  test("is a failed rendering to readers of batches", () => {
    expect(renderBatchCase({ id: "x", template: "#set($s = 'a')$s.repeat(99999999)" })).toEqual({
      id: "x",
      error: {
        kind: "render",
        message:
          "The output, or a text the template builds, is longer than 10,485,760 characters. Write less, or raise the limit `outputLength`.",
        line: 1,
        column: 18,
      },
    });
  });
});

describe("the limit of time", () => {
  const loop = "#foreach($i in [1..1000])#foreach($j in [1..1000])$j#end#end";

  test("ends a template by the clock it is given, which is read once in 256 steps", () => {
    let reads = 0;
    const nowMs = () => reads++;
    expect(limitOf(loop, null, { nowMs, maxMs: 100 })).toMatchObject({ code: "time", line: 1 });
    expect(reads).toBe(102);
  });

  test("is none without a clock", () => {
    expect(render(loop, null, { maxMs: 0 })).toHaveLength(2_893_000);
  });
});

test("a loop ends after AWS's 1,000 rounds, without an error", () => {
  expect(render("#foreach($i in [1..5000])#if($i >= 999)$i #end#end", null)).toBe("999 1000 ");
  expect(render("#foreach($i in [1..5])$i#end", null, { loopRounds: 2 })).toBe("12");
});
