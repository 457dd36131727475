import { describe, expect, it } from "vitest";
import { formatTraceparent, parseTraceparent } from "./traceparent";
import { joinTracestate } from "./tracestate";

const TRACE = "0af7651916cd43dd8448eb211c80319c";
const SPAN = "b7ad6b7169203331";

describe("traceparent", () => {
  it.each([
    [`00-${TRACE}-${SPAN}-01`, true, false],
    [`00-${TRACE}-${SPAN}-00`, false, false],
    [`00-${TRACE}-${SPAN}-03`, true, true],
    [`00-${TRACE}-${SPAN}-ff`, true, true],
    [` 00-${TRACE}-${SPAN}-02\t`, false, true],
    // Of later versions only what version 00 has is read.
    [`01-${TRACE}-${SPAN}-03`, true, false],
    [`cc-${TRACE}-${SPAN}-01-what-the-future-brings`, true, false],
    [`cc-${TRACE}-${SPAN}-01-`, true, false],
  ])("%s is read", (header, isSampled, isRandom) => {
    const text = header.trim();
    expect(parseTraceparent(header)).toEqual({ traceId: TRACE, parentId: SPAN, isSampled, isRandom, text });
  });

  it.each([
    ["nothing", ""],
    ["no parts", "nonsense"],
    ["version ff", `ff-${TRACE}-${SPAN}-01`],
    ["a version that is no hex", `0x-${TRACE}-${SPAN}-01`],
    ["one digit of version", `0-${TRACE}-${SPAN}-01`],
    ["more behind version 00", `00-${TRACE}-${SPAN}-01-x`],
    ["a dash behind version 00", `00-${TRACE}-${SPAN}-01-`],
    ["more without a dash", `cc-${TRACE}-${SPAN}-01x`],
    ["a trace id of zeros", `00-${"0".repeat(32)}-${SPAN}-01`],
    ["a span id of zeros", `00-${TRACE}-${"0".repeat(16)}-01`],
    ["upper case", `00-${TRACE.toUpperCase()}-${SPAN}-01`],
    ["upper case in flags", `00-${TRACE}-${SPAN}-0A`],
    ["a short trace id", `00-${TRACE.slice(1)}-${SPAN}-01`],
    ["a long trace id", `00-0${TRACE}-${SPAN}-01`],
    ["a short span id", `00-${TRACE}-${SPAN.slice(1)}-01`],
    ["one digit of flags", `00-${TRACE}-${SPAN}-1`],
    ["no flags", `00-${TRACE}-${SPAN}`],
    ["other separators", `00_${TRACE}_${SPAN}_01`],
    ["a line break", `00-${TRACE}-${SPAN}-01\nx`],
  ])("%s is refused", (_what, header) => {
    expect(parseTraceparent(header)).toBeNull();
  });

  it("is written as version 00 with the flags that are known", () => {
    const ids = { traceId: TRACE, parentId: SPAN };
    expect(formatTraceparent({ ...ids, isSampled: true, isRandom: true })).toBe(`00-${TRACE}-${SPAN}-03`);
    expect(formatTraceparent({ ...ids, isSampled: false, isRandom: false })).toBe(`00-${TRACE}-${SPAN}-00`);
  });
});

describe("tracestate", () => {
  const long = (key: string) => `${key}=${"v".repeat(200)}`;
  it.each([
    ["one member", ["a=1"], "a=1"],
    ["lines are joined in order, blanks around members go", ["a=1 ,\tb=2", "c@d=3"], "a=1,b=2,c@d=3"],
    ["empty members go", ["a=1,,b=2", "", ","], "a=1,b=2"],
    ["blanks and signs within a value stay", ["a= x:y;z"], "a= x:y;z"],
    ["upper case in a key spoils it all", ["a=1,B=2"], ""],
    ["a member without a value spoils it all", ["a=1,b"], ""],
    ["an empty value spoils it all", ["a="], ""],
    ["a second equals sign spoils it all", ["a=1=2"], ""],
    ["a key that comes twice spoils it all", ["a=1", "a=2"], ""],
    ["a character that is not ASCII spoils it all", ["a=\u00fc"], ""],
    ["33 members spoil it all", [Array.from({ length: 33 }, (_, i) => `k${i}=1`).join(",")], ""],
    [
      "over 512 characters long members go first",
      ["x=1", long("a"), long("b"), long("c"), "y=2"],
      `x=1,${long("a")},${long("b")},y=2`,
    ],
    [
      "then the last ones",
      [Array.from({ length: 32 }, (_, i) => `k${i}=${"v".repeat(20)}`).join(",")],
      Array.from({ length: 20 }, (_, i) => `k${i}=${"v".repeat(20)}`).join(","),
    ],
  ])("%s", (_what, lines, joined) => {
    expect(joinTracestate(lines)).toBe(joined);
  });
});
