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
    ["a\n#set($x = 'y)\nb", "unclosed string", { line: 2, column: 11 }, /closed by the quote/],
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

describe("what comes after a mistake is read too", () => {
  test.each([
    ["#if($a = 1)x#end\n#set($b = $c -1)\n$d.f(1,", [1, 2, 3]],
    ["#end\n#else\n#end", [1, 2, 3]],
    ["#foreach($i in $input.path('$.a') x\ny", [1]],
    ["#if($a == null)\n#elseif($b = 1)\n#end\n#end", [1, 2, 4]],
    ["#foreach($i on)\n#foreach($j in [1,2]\n)\n#if(true)", [1, 2, 4]],
    ['#set($a = "#if(")\n#end', [1, 2]],
    ["a\n#set($x = 'y)\n#end", [2]],
    ["#elseif(1 = 2)\n#elseif\n#{end}", [1, 2, 3]],
    ["#define($x y z = 1)a#end\n#end", [1]],
    ["#if(=)\n#end\n#end", [1]],
    ["#if(true)\n#if(true)\n#set($x = )", [1, 2, 3]],
  ])("%j has errors in lines %j", (template, lines) => {
    const errors = checkTemplate(template).filter(({ severity }) => severity === "error");
    expect(errors.map(({ line }) => line)).toEqual(lines);
  });

  test("also for traps, but not within what is wrong", () => {
    const found = checkTemplate("#if($nowhere = 1)x#end\n#if($nowhere)y#end\n$a.b");
    expect(found.map(({ severity, line }) => [severity, line])).toEqual([
      ["error", 1],
      ["warning", 2],
      ["warning", 3],
    ]);
  });

  test("an open block is named with its line", () => {
    const [error] = checkTemplate("a\n#foreach($i in [1])\n#if(true)x#end");
    expect(error).toMatchObject({ line: 2, message: "#foreach has no #end: it begins in line 2." });
  });

  test("at most ten are told", () => {
    expect(checkTemplate("#end\n".repeat(50))).toHaveLength(10);
  });
});

describe("whether a template prints JSON", () => {
  const template = '#if(true)#set($x = 1)#end $x {"id": $context.requestId}';
  test.each([
    ["application/json", 1],
    ["application/vnd.api+json; charset=utf-8", 1],
    ["text/plain", 0],
    [undefined, 0],
  ])("comes from the media type %s, else from how it begins", (contentType, count) => {
    expect(checkTemplate(template, contentType ? { contentType } : {})).toHaveLength(count);
  });
});
