import { describe, expect, it } from "vitest";
import { starterSample } from "../sample";
import { inspectOutput } from "./inspect-output";
import { renderPreview } from "./render-preview";
import { sampleFindings } from "./sample-findings";

const sample = {
  ...starterSample(),
  body: JSON.stringify({
    name: "Rex",
    odd: "it's",
    owner: { city: "Bonn" },
    tags: ["a"],
    id: 7,
    two: "a\nb",
  }),
};

/** What is marked in the template, and the message with the remedy. */
function found(template: string): [marked: string, words: string][] {
  const { output } = renderPreview(template, sample);
  return sampleFindings({ template, sample, output }, inspectOutput(output).mistake).map(
    ({ line, column, endLine, endColumn, message, remedy }) => {
      const lines = template.split("\n");
      const marked =
        line === endLine ? (lines[line - 1] as string).slice(column - 1, endColumn - 1) : "several lines";
      return [marked, `${message} ${remedy ?? ""}`];
    },
  );
}

describe("what only shows on the sample", () => {
  it.each([
    [
      "{\"a\": $input.path('$.name')}",
      "$input.path('$.name')",
      /line 1, column 7.*Rex is not in quotes.*Put quotes/,
    ],
    [
      '{"a": "$util.escapeJavaScript($input.path(\'$.odd\'))"}',
      "$util.escapeJavaScript($input.path('$.odd'))",
      /replaceAll/,
    ],
    [
      '{"a": $input.path(\'$.nowhere\'),\n"b": 1}',
      "$input.path('$.nowhere')",
      /prints nothing.*\$input\.json/,
    ],
    ['{"a": "$input.path(\'$.two\')"}', "$input.path('$.two')", /escapeJavaScript/],
    ['{"a": 1,\n"b": 2,}', "}", /line 2, column 8.*comma before }/],
    ['{"a": [1', "1", /missing before the end/],
    ["$input.path('$.owner')", "$input.path('$.owner')", /\{name=value\}/],
    [
      "[\n#foreach($t in $input.path('$.name'))$t#end]",
      "#foreach($t in $input.path('$.name')",
      /"Rex", no list/,
    ],
    ["#set($n = $input.path('$.id'))[#foreach($t in $n)\n$t#end]", "#foreach($t in $n)", /7, no list/],
  ])("%j marks %j", (template, marked, words) => {
    const [[is, says] = ["", ""], ...more] = found(template);
    expect(more).toEqual([]);
    expect(is).toBe(marked);
    expect(says).toMatch(words);
  });

  it.each([
    '{"a": $input.json(\'$\'), "b": "$input.path(\'$.name\')"}',
    "[#foreach($t in $input.path('$.tags'))\"$t\"#end]",
    "[#foreach($t in $input.path('$.nowhere'))\"$t\"#end]",
  ])("nothing about %j", (template) => expect(found(template)).toEqual([]));
});
