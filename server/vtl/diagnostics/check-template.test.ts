import { describe, expect, test } from "vitest";
import { checkTemplate } from "@/server/vtl";

describe("errors name the place, as editors count, and a remedy", () => {
  test.each([
    ["#if($a == 1)\nx", "unclosed", { line: 1, column: 1 }, /#end/],
    ["a\n\t#end", "no block", { line: 2, column: 2 }, /Remove it/],
    ["#if($a = 1)x#end", "assignment in a condition", { line: 1, column: 8 }, /==/],
    ["#if($a == null)x#end", "null", { line: 1, column: 11 }, /""/],
    ["#set($a = $b -1)", "minus", { line: 1, column: 14 }, /space/],
    ['#set($a = "x\\"y")', "escaped quote", { line: 1, column: 15 }, /twice/],
    ["a\r\n#if(true)\r\nb", "unclosed after line ends of two characters", { line: 2, column: 1 }, /#end/],
    ["$x.f(1,", "unfinished call", { line: 1, column: 7 }, /parenthesis/],
    ["cost $", "dollar at the end", { line: 1, column: 6 }, /cannot end/],
    ["x ${a b}", "formal reference", { line: 1, column: 6 }, /\}/],
    ['#set($a = "#if(")', "broken string", { line: 1, column: 11 }, /single quotes/],
  ])("%j (%s)", (template, _what, place, remedy) => {
    const [diagnostic, ...more] = checkTemplate(template);
    expect(more).toEqual([]);
    expect(diagnostic).toMatchObject({ severity: "error", ...place });
    expect(diagnostic?.remedy).toMatch(remedy);
  });
});

describe("warnings tell of known traps", () => {
  test.each([
    ['{"a": "$input.json(\'$.a\')"}', "quotes"],
    ['{"a": "$util.escapeJavaScript($x)"}', "apostrophe"],
    ["$input.path('$')", "{name=value}"],
    ["#if($input.path('$.a'))x#end", "true in #if"],
    ["#if(!$nowhere)x#end", "true in #if"],
    ["#macro(m)x#end", "macros"],
    ["#evaluate('x')", "#evaluate"],
    ["#if($nowhere && true)x#else y#end", "true in #if"],
    ["#if(true)x#elseif(false || $stageVariables.flag)y#{else}z#end", "true in #if"],
    ["#foreach($i in [1])#evaluate($i)#end", "#evaluate"],
  ])("%j", (template, words) => {
    const diagnostics = checkTemplate(template);
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]).toMatchObject({ severity: "warning" });
    expect(diagnostics[0]?.message).toContain(words);
  });

  test.each([
    "{\"a\": $input.json('$.a')}",
    `{"a": "$util.escapeJavaScript($x).replaceAll("\\\\'","'")"}`,
    "#if($input.path('$.a') != \"\")x#end",
    "#if($input.path('$.a').isEmpty())x#end",
    "#set($b = 1 == 1)#if($b)x#end",
    "#foreach($i in [1])$i#if($foreach.hasNext),#end#end",
  ])("nothing is said about %j", (template) => {
    expect(checkTemplate(template)).toEqual([]);
  });
});
