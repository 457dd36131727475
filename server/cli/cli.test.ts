import { PassThrough, Readable, Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { runCli } from "@/server/cli/program";
import { renderBatch } from "@/server/cli/render-batch";

function collector() {
  let text = "";
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += chunk;
      done();
    },
  });
  return { stream, text: () => text };
}

async function run(argv: string[], stdin = "") {
  const [stdout, stderr] = [collector(), collector()];
  const code = await runCli(argv, {
    stdin: Readable.from([Buffer.from(stdin)]),
    stdout: stdout.stream,
    stderr: stderr.stream,
    env: { GATEHOUSE_HOME: "/nonexistent/gatehouse" },
    cwd: "/nonexistent",
  });
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

describe("gatehouse", () => {
  it("tells the exit codes in its help and in each command's, and ends with 0", async () => {
    for (const argv of [
      ["--help"],
      ["import", "--help"],
      ["keys", "create", "--help"],
      ["render", "--help"],
    ]) {
      const { code, stdout } = await run(argv);
      expect(code).toBe(0);
      expect(stdout).toContain("Exit codes: 0 done; 1 failed; 2 wrong usage; 3 Gatehouse not reachable");
    }
  });

  it("tells its version", async () => {
    expect((await run(["--version"])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it("ends with 2 and says what is wrong for an unknown command, option, choice or missing argument", async () => {
    for (const argv of [
      ["nothing"],
      ["apis", "--what"],
      ["export", "x", "--format", "raml"],
      ["export", "x", "--extensions", "integrations,raml"],
      ["deploy", "x"],
      ["render"],
    ]) {
      const { code, stderr, stdout } = await run(argv);
      expect([argv, code]).toEqual([argv, 2]);
      expect(stderr).not.toBe("");
      expect(stdout).toBe("");
    }
  });

  it("ends with 3 where there is no token, naming what to set", async () => {
    const { code, stderr } = await run(["apis", "list"]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/GATEHOUSE_URL and GATEHOUSE_TOKEN/);
  });
});

describe("gatehouse render", () => {
  it("prints exactly the output of the template", async () => {
    const { code, stdout } = await run(
      ["render", "-", "--input", '{"a":1}', "--context", '{"stage":"dev"}', "--stage-variables", '{"v":"x"}'],
      "$context.stage $stageVariables.v $input.body",
    );
    expect([code, stdout]).toEqual([0, 'dev x {"a":1}']);
  });

  it("ends with 1 for a template that cannot be parsed, pointing at the place", async () => {
    const { code, stderr, stdout } = await run(["render", "-"], "line one\n#if(");
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/^template:2:\d+: /);
  });

  it("ends with 2 for a context that is no JSON object", async () => {
    expect((await run(["render", "-", "--context", "[1]"])).code).toBe(2);
    expect((await run(["render", "-", "--context", "{"])).code).toBe(2);
    expect((await run(["render", "-", "--header", "no-colon"])).code).toBe(2);
  });
});

describe("gatehouse render --trace", () => {
  const template = `{"name": "$input.path('$.owner').name"}\n#foreach($tag in $input.path('$.tags'))$tag#end`;
  const argv = ["render", "-", "--trace", "--input", '{"owner":{"name":"Rex"},"tags":["a\\u001b[2J"]}'];

  it("prints place, step, value, output and origin of every step in columns, then the output", async () => {
    const { code, stdout } = await run(argv, template);
    expect(code).toBe(0);
    const [head = "", ...lines] = stdout.split("\n");
    expect(head.split(/ {2,}/)).toEqual(["PLACE", "STEP", "VALUE", "OUTPUT", "FROM"]);
    expect(lines[1]?.split(/ {2,}/)).toEqual([
      "1:11",
      "$input.path('$.owner').name",
      "Rex",
      "Rex",
      "$.owner.name",
    ]);
    const [, loop, round, tag, end, , output] = [lines[2], ...lines.slice(3)];
    expect(loop).toContain(`["a\\u001b[2J"]`);
    expect(round).toMatch(/^2:1 +round +\$tag = "a.*\$tag \(line 2\) ← \$\.tags\[0\]$/);
    expect(tag).toContain("$tag ");
    expect(end).toMatch(/end of #foreach +1 round/);
    expect(output).toBe('{"name": "Rex"}');
    for (const line of [loop, round, tag]) expect(line).not.toContain("\u001b");
    expect(
      new Set([head, lines[0], lines[1]].map((line = "") => line.search(/STEP|text|\$input/))).size,
    ).toBe(1);
  });

  it("prints the trace as an object with --json", async () => {
    const { code, stdout } = await run([...argv, "--json"], template);
    const { output, overrides, trace } = JSON.parse(stdout);
    expect([code, overrides]).toEqual([0, {}]);
    expect(trace.steps[1]).toMatchObject({
      kind: "reference",
      line: 1,
      value: "Rex",
      output: { from: 10, to: 13 },
    });
    expect(trace.sources.at(-1).to).toBe(output.length);
  });

  it("keeps the steps up to a failure, and ends with 1", async () => {
    const { code, stdout, stderr } = await run(argv, "a $input.path('$[') b");
    expect(code).toBe(1);
    expect(stdout).toMatch(/✗ \$input\.path/);
    expect(stderr).toMatch(/^template:1:10: /);
    const json = JSON.parse((await run([...argv, "--json"], "a $input.path('$[') b")).stdout);
    expect(json).toMatchObject({ output: "a ", error: { kind: "render", line: 1 } });
    expect(json.trace.steps).toHaveLength(2);
  });

  it("is for one template only", async () => {
    expect((await run(["render", "--batch", "--trace"])).code).toBe(2);
  });
});

describe("gatehouse render --batch", () => {
  it("answers each line in order, whatever a line holds, and ends with 0", async () => {
    const lines = [
      '{"id":"one","template":"$input.body","input":{"body":"{}"}}',
      "not json",
      "",
      '{"id":"bad","template":"#if("}',
      '{"id":"no template"}',
      '{"id":"two","template":"last ü"}',
    ];
    const { code, stdout } = await run(["render", "--batch"], lines.join("\n"));
    const results = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(code).toBe(0);
    expect(results.map(({ id }) => id)).toEqual(["one", null, "bad", "no template", "two"]);
    expect(results[0].output).toBe("{}");
    expect(results[2].error).toMatchObject({ kind: "parse", line: 1 });
    expect(results[4].output).toBe("last ü");
    for (const index of [1, 3]) expect(results[index].error.message).toBeTruthy();
  });

  it("does not tear characters that fall on the border of two chunks", async () => {
    const output = collector();
    const bytes = Buffer.from('{"id":1,"template":"grüß 😀"}\n');
    await renderBatch(Readable.from([...bytes].map((byte) => Buffer.from([byte]))), output.stream);
    expect(JSON.parse(output.text()).output).toBe("grüß 😀");
  });

  it("answers a line as soon as it is there, and holds no more than a slow reader takes", async () => {
    const input = new PassThrough();
    const output = new PassThrough({ highWaterMark: 1024 });
    const done = renderBatch(input, output);
    input.write('{"id":1,"template":"a"}\n');
    await new Promise((resolve) => output.once("readable", resolve));
    expect(JSON.parse(String(output.read())).output).toBe("a");

    let read = 0;
    const source = Readable.from(
      (function* () {
        for (; read < 20_000; read++) yield `{"id":${read},"template":"${"x".repeat(200)}"}\n`;
      })(),
    );
    const slow = new PassThrough({ highWaterMark: 1024 });
    const second = renderBatch(source, slow);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(read).toBeLessThan(1000);
    slow.resume();
    input.end();
    output.resume();
    await Promise.all([done, second]);
    expect(read).toBe(20_000);
  });
});
