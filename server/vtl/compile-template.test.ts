import { describe, expect, test } from "vitest";
import { compileTemplate, contextFromRecord, type RenderBindings, VtlError } from "@/server/vtl";

const bindings = (over: Partial<RenderBindings> = {}): RenderBindings => ({
  input: { body: null, path: {}, query: {}, headers: {} },
  context: contextFromRecord({}),
  stageVariables: {},
  ...over,
});

function failure(run: () => unknown): VtlError {
  try {
    run();
  } catch (error) {
    if (error instanceof VtlError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

describe("errors", () => {
  test("a parse error has its place, and a caret below it", () => {
    const source = "a\n\t#if($x = 1)b#end";
    const error = failure(() => compileTemplate(source, { name: "orders.vtl" }));
    expect(error).toMatchObject({ kind: "parse", line: 2, column: 16, span: { start: 10, end: 11 } });
    expect(error.formatted(source)).toBe(
      `orders.vtl:2:16: Unexpected "=" here.\n        #if($x = 1)b#end\n${" ".repeat(15)}^`,
    );
  });

  test("a failing method is reported at its name", () => {
    const template = compileTemplate("ab\n  $util.urlDecode('%zz')");
    expect(failure(() => template.render(bindings()))).toMatchObject({ kind: "render", line: 2, column: 9 });
  });

  test("an error inside a string is reported where it stands in the template", () => {
    const template = compileTemplate('#set($l = [1])\n #set($s = "x $l.get(5)")');
    expect(failure(() => template.render(bindings()))).toMatchObject({ line: 2, column: 18 });
  });

  test("what Velocity reports without a place has none here", () => {
    const template = compileTemplate("#set($l = [1,2])#foreach($i in $l)#set($x = $l.add(3))#end");
    const error = failure(() => template.render(bindings()));
    expect(error).toMatchObject({ kind: "render", line: null });
    expect(error.formatted("")).toContain("ConcurrentModificationException");
  });
});

describe("limits", () => {
  test("methods that look at a long text again and again come to an end", () => {
    const source = "#foreach($i in [1..1000])#set($t = $input.body.replaceAll('z', 'y'))#end";
    const input = { body: "x".repeat(200_000), path: {}, query: {}, headers: {} };
    const error = failure(() => compileTemplate(source).render(bindings({ input })));
    expect(error).toMatchObject({ kind: "limit", code: "steps" });
  });

  test.each([
    ["steps", { steps: 100 }, "#foreach($i in [1..500])$i#end"],
    ["output", { outputLength: 50 }, "#foreach($i in [1..100])$i#end"],
    ["collection", { collectionSize: 10 }, "#set($l = [1..100])"],
    ["depth", { depth: 5 }, "#set($l = [[[[[[[[1]]]]]]]])$l"],
  ])("%s", (code, limits, source) => {
    expect(failure(() => compileTemplate(source).render(bindings(), limits))).toMatchObject({
      kind: "limit",
      code,
    });
  });

  test("a loop ends after its rounds without an error", () => {
    const { output } = compileTemplate("#foreach($i in [1..9])$i#end").render(bindings(), { loopRounds: 3 });
    expect(output).toBe("123");
  });
});

describe("$context", () => {
  test("is asked only for what a template uses", () => {
    const asked: string[] = [];
    const context = {
      get: (name: string) => {
        asked.push(name);
        return name === "stage" ? "prod" : undefined;
      },
      keys: () => {
        throw new Error("not needed");
      },
    };
    expect(compileTemplate("${context.stage}-$context.nothing").render(bindings({ context })).output).toBe(
      "prod-",
    );
    expect(asked.sort()).toEqual(["nothing", "stage"]);
  });

  test("lists its members in the source's order, whatever was read or written before", () => {
    const context = contextFromRecord({ a: 1, b: 2, requestOverride: {}, c: 3 });
    const source =
      "#set($context.z = 9)#set($context.b = 5)$context.c $context.keySet() $context.b $context.size()";
    expect(compileTemplate(source).render(bindings({ context })).output).toBe(
      "3 [a, b, requestOverride, c, responseOverride, z] 5 6",
    );
  });

  test("whole objects print as nothing, their members do", () => {
    const context = contextFromRecord({ identity: { sourceIp: "10.0.0.1" } });
    expect(
      compileTemplate("[$context.identity][$context][$context.identity.sourceIp]").render(
        bindings({ context }),
      ).output,
    ).toBe("[][][10.0.0.1]");
  });

  test("overrides are handed out as plain JSON, and those of before stay readable", () => {
    const first = compileTemplate(
      "#set($context.requestOverride.header.X = ['a', 'b'])#set($context.responseOverride.status = 404)" +
        "#set($context.requestOverride.path.n = 1.5)$context.requestOverride.header.put('Y', true)",
    ).render(bindings());
    expect(first.overrides).toEqual({
      requestOverride: { header: { X: ["a", "b"], Y: true }, path: { n: 1.5 }, querystring: {} },
      responseOverride: { header: {}, status: 404 },
    });
    const context = contextFromRecord({ ...first.overrides });
    const second = compileTemplate("$context.requestOverride.path.n $context.responseOverride.status");
    expect(second.render(bindings({ context })).output).toBe("1.5 404");
  });

  test("overrides survive a template that gives $context another value", () => {
    const source = "#set($context.responseOverride.status = 201)#set($context = 'x')$context";
    expect(compileTemplate(source).render(bindings())).toEqual({
      output: "x",
      overrides: { responseOverride: { header: {}, status: 201 } },
    });
  });
});

test("renders of one template know nothing of each other", () => {
  const template = compileTemplate(
    "#set($n = $stageVariables.n)$!old#set($old = 'seen')#set($stageVariables.n = 'changed')" +
      "#define($d)$d#end$d$n$input.params().path.put('k', 'v')",
  );
  const given = bindings({ stageVariables: { n: "1" } });
  const outputs = [1, 2, 3].map(() => template.render(given).output);
  expect(new Set(outputs).size).toBe(1);
  expect(outputs[0]).toContain("1");
  expect(given.stageVariables).toEqual({ n: "1" });
});

test("parameters are looked for in the path, the query string and the headers, in this order", () => {
  const input = {
    body: "",
    path: { a: "p" },
    query: { a: "q", b: "q" },
    headers: { a: "h", b: "h", c: "h" },
  };
  const source =
    "$input.params('a')$input.params('b')$input.params('c')|$input.params('d')|$input.params().querystring.a";
  expect(compileTemplate(source).render(bindings({ input })).output).toBe("pqh||q");
});

test("the payload is parsed once, and what a template changes in it stays changed", () => {
  const input = { body: '{"o":{"k":1}}', path: {}, query: {}, headers: {} };
  const source = "#set($o = $input.path('$.o'))#set($o.k = 'new')$input.json('$') $input.body";
  expect(compileTemplate(source).render(bindings({ input })).output).toBe('{"o":{"k":"new"}} {"o":{"k":1}}');
});
