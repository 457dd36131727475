import { describe, expect, test } from "vitest";
import { findJsonMistake } from "./find-json-mistake";

describe("the first mistake of a text that should be JSON", () => {
  test.each([
    ['{"a": }', 6, "A value is missing before }"],
    ['{"a": 1,}', 8, "The comma before } is one too many"],
    ["[1, 2,]", 6, "The comma before ] is one too many"],
    ['{"a": 1 "b": 2}', 8, 'A comma or } is missing before "'],
    ["[1 2]", 3, "A comma or ] is missing before 2"],
    ['{"a" 1}', 5, "A colon is missing before 1"],
    ["{a: 1}", 1, "A name in quotes is wanted, not a"],
    ['{"a": Rex}', 6, "Rex is not in quotes"],
    ['{"a": 2026-11-25}', 6, "2026-11-25 is neither a number nor in quotes"],
    ['{"a": "it\\\'s"}', 9, "\\' is no escape of JSON"],
    ['{"a": "x\ny"}', 8, "A string holds a line end or another control character"],
    ['{"a": "x', 8, "A string is not closed"],
    ['{"a": [1, {"b": 2}', 18, "A comma or ] is missing before the end"],
    ['{"a": ""Rex""}', 8, "A comma or } is missing before Rex"],
    ["{} {}", 3, "{ stands after the end of the value"],
    ["", 0, "A value is missing before the end"],
    ["{a=b}", 1, "A name in quotes is wanted, not a=b"],
    ["[".repeat(100_000), 100_000, "A value is missing before the end"],
    [`[${"x".repeat(30)}]`, 1, `${"x".repeat(24)}… is not in quotes`],
  ])("%.40j", (text, offset, message) => {
    expect(findJsonMistake(text)).toEqual({ offset, message });
  });

  test.each(['{"a":[true,false,null,-1.5e3,"\\u00e9\\n\u007f😀"],"b":{}}', " [ ] ", "1", '"x"'])(
    "there is none in %j",
    (text) => expect(findJsonMistake(text)).toBeNull(),
  );
});
