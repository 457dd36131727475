import { describe, expect, it } from "vitest";
import { starterSample } from "../sample";
import type { PreviewReply } from "./preview-protocol";
import { PreviewSession } from "./preview-session";

function session() {
  const worker = new PreviewSession(() => 0);
  let shown = "";
  let id = 0;
  return {
    worker,
    ask(
      template: string,
      more: { body?: string; isPretty?: boolean; isTraced?: boolean } = {},
    ): PreviewReply {
      id++;
      const { body, isPretty = false, isTraced = false } = more;
      const sample = body === undefined ? {} : { sample: { ...starterSample(), body } };
      const reply = worker.answer({ id, template, isPretty, isTraced, wantsJson: true, ...sample });
      if (reply.text !== undefined) shown = reply.text;
      return reply;
    },
    text: () => shown,
  };
}

describe("a page's previews", () => {
  it("keep the sample until another one comes", () => {
    const page = session();
    page.ask("a\n$input.path('$.a')\nc", { body: '{"a": 1}' });
    expect(page.text()).toBe("a\n1\nc");
    page.ask("a\n$input.path('$.a')!\nc");
    expect(page.text()).toBe("a\n1!\nc");
  });

  it("start anew with each render: what a template changes in the body is gone in the next", () => {
    const page = session();
    page.ask("#set($r = $input.path('$'))$r.put('a', 2)$input.json('$')", { body: '{"a":1}' });
    expect(page.text()).toBe('1{"a":2}');
    page.ask("$input.json('$')");
    expect(page.text()).toBe('{"a":1}');
  });

  it("leave the lines as they are when a template fails, and tell where", () => {
    const page = session();
    page.ask("a", { body: "{}" });
    const { error, text } = page.ask("a\n#if(true)");
    expect(text).toBeUndefined();
    expect(error).toMatchObject({ line: 2, message: "#if has no #end: it begins in line 2." });
    expect(page.worker.inspect()).toBeNull();
    page.ask("ab");
    expect(page.text()).toBe("ab");
  });

  it("lay JSON out when asked to, but inspect what is sent", () => {
    const page = session();
    page.ask('{"a":\n[1,]}', { body: "{}", isPretty: true });
    expect(page.text()).toBe('{"a":\n[1,]}');
    expect(page.worker.inspect()).toMatchObject({
      facts: {
        sizeBytes: 11,
        jsonProblem: { message: "The comma before ] is one too many", line: 2, column: 4 },
      },
    });
    expect(page.worker.findings()?.markers).toMatchObject([{ line: 2, column: 4 }]);
    page.ask('{"a":[1]}', { isPretty: true });
    expect(page.text()).toBe('{\n  "a": [\n    1\n  ]\n}');
    expect(page.worker.inspect()).toMatchObject({
      facts: { sizeBytes: 9, jsonProblem: null, isBlank: false },
    });
  });

  it("tell their steps only when asked to, also up to a failure", () => {
    const page = session();
    page.ask("a", { body: '{"n":"Rex"}' });
    expect(page.worker.trace()).toBeNull();
    page.ask("a\n$input.path('$.n')", { isTraced: true });
    const trace = page.worker.trace();
    expect(trace).toMatchObject({ id: 2, output: "a\nRex", dropped: 0 });
    expect(trace?.rows.map(({ line, what, value, from }) => [line, what, value, from])).toEqual([
      [1, "text", "a↵", ""],
      [2, "$input.path('$.n')", "Rex", "$.n"],
    ]);
    page.ask("b$input.path('$[')c", { isTraced: true });
    expect(page.worker.trace()?.rows.map(({ failed }) => failed)).toEqual([false, true]);
    page.ask("#if(", { isTraced: true });
    expect(page.worker.trace()?.rows).toEqual([]);
    page.ask('#set($s = "#if(true)x#end")', { isTraced: true });
    expect(page.worker.trace()?.rows.map(({ output }) => output === null)).toEqual([false, true]);
  });
});
