import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { JavaDouble, JsonArray } from "../java/values";
import type { JsonObject } from "./json-object";
import type { JsonTape } from "./json-tape";
import { parseJson } from "./parse-json";
import { scanJson as scanTape } from "./scan-json";
import { writeJson } from "./write-json";

const scanJson = (text: string) => scanTape(text)?.valueAt(0);

/** The value with plain Maps, so that two can be compared. */
function plain(value: unknown): unknown {
  if (value instanceof Map) {
    const map = new Map<unknown, unknown>();
    for (const [key, member] of value) map.set(key, plain(member));
    return map;
  }
  return value instanceof JsonArray ? JsonArray.fromList(value.map(plain)) : value;
}

/** Small texts of all kinds, some of them broken: the same with each run. */
function* texts(): Generator<string> {
  let seed = 7;
  const random = (below: number) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return Math.floor((seed / 2147483648) * below);
  };
  const scalars = [
    ..."0 -0 1 -1 12 007 1. .5 -.5 1.0 1.50 0.001 0.0009 0.0 -0.0 12345678.5 1234567.25 1e3 1E-2 1e+400 1.5e5".split(
      " ",
    ),
    ..."2147483647 2147483648 -2147483648 9223372036854775808 0.1234567890123456 123456789.123456789".split(
      " ",
    ),
    ..."true false null nul truex NaN abc".split(" "),
    ...[
      '"a"',
      '"a b"',
      '"\\""',
      '"\\\\"',
      '"\\/"',
      '"\\u00e9"',
      '"\\u12"',
      '"\\x41"',
      '"\\q"',
      '"é"',
      '"\\n"',
    ],
    ...[
      '"\u2028"',
      '"\u0085"',
      '"\u007f"',
      '"a\tb"',
      '"/"',
      "'a'",
      '"',
      '"\ud83d\ude00"',
      '"\\ud83d"',
      '"\u0000"',
    ],
  ];
  const blanks = ["", "", "", "", " ", "\n\t", "\r", "\u00a0", "\u000b"];
  const keys = ['"a"', '"b"', '"c"', '"__proto__"', '"1"', '""', "d", '"\\u0061"', '"é"', "'a'"];
  const pick = (list: readonly string[]) => list[random(list.length)] as string;
  const value = (depth: number): string => {
    const kind = depth > 3 ? 2 : random(4);
    if (kind > 1) return random(3) === 0 ? pick(scalars) : (['"x"', "1", "true", "2.5"][random(4)] as string);
    const count = random(4);
    const separator = random(40) === 0 ? pick(["", ",,", ";"]) : ",";
    const members = Array.from({ length: count }, () => {
      const member = `${pick(blanks.slice(0, 6))}${value(depth + 1)}${pick(blanks.slice(0, 6))}`;
      if (kind === 1) return member;
      const key = random(12) === 0 ? pick(keys) : (keys[random(3)] as string);
      return `${key}${random(20) === 0 ? pick(blanks) : ""}:${member}`;
    });
    const text = members.join(separator);
    return kind === 1 ? `[${text}]` : `{${text}}`;
  };
  for (let i = 0; i < 20_000; i += 1) {
    const text = pick(blanks) + value(0) + (random(30) === 0 ? pick(["x", "}", " ", ","]) : "");
    yield random(20) === 0 ? text.slice(0, random(text.length + 1)) : text;
  }
}

describe("scanJson", () => {
  it("reads what it accepts as the permissive reader does, and writes it as from there", () => {
    let accepted = 0;
    for (const text of texts()) {
      const scanned = scanJson(text);
      if (scanned === undefined) continue;
      accepted += 1;
      const expected = parseJson(text);
      expect(writeJson(scanJson(text)), text).toBe(writeJson(expected));
      expect(plain(scanned), text).toEqual(expected);
      expect(writeJson(scanned), text).toBe(writeJson(expected));
    }
    expect(accepted).toBeGreaterThan(3000);
  });

  it("gives what json-smart gives for every text of the case file that it accepts", () => {
    const lines = readFileSync(new URL("./cases/json-smart.jsonl", import.meta.url), "utf8")
      .trim()
      .split("\n");
    for (const line of lines) {
      const { text, json } = JSON.parse(line) as { text: string; json?: string };
      const scanned = scanJson(text);
      if (scanned !== undefined) expect(writeJson(scanned), text).toBe(json);
    }
  });

  it("gives a payload's own text where writing it would give that, and only there", () => {
    const same = ['{"a":[1,-2,10.25,0.5,-0.0,"x\\"y/é",true,null],"b":{}}', '{"a":1234567.25,"b":0.001}'];
    for (const text of same) expect((scanJson(text) as JsonObject).writtenText()).toBe(text);
    const rewritten = [" 1", "01", "-0", "1.50", "1e3", "10000000.5", "0.0001", "0.1234567890123456"];
    rewritten.push('"\\/"', '"\\u0041"', '"\u2028"', '"\u0085"');
    for (const value of rewritten) {
      const scanned = scanJson(`{"a":${value}}`);
      if (scanned !== undefined) expect((scanned as JsonObject).writtenText(), value).toBeUndefined();
    }
  });

  it("counts objects, arrays and their members, but no signs in strings", () => {
    const { counts } = scanTape('{"a":[1,[],{}],"b":",,[{"}') as JsonTape;
    expect(counts).toEqual({ objects: 2, arrays: 2, members: 5 });
  });

  it.each([
    ["a word", "abc"],
    ["an open object", '{"a":1'],
    ["an open string", '{"a":"b'],
    ["a key that is twice there", '{"a":1,"a":2}'],
    [
      "a late key that is twice there",
      '{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"h":8,"i":9,"j":10,"a":11}',
    ],
    ["an escape in a key", '{"\\u0061":1}'],
    ["a control character in a string", '{"a":"\u0001"}'],
    ["something behind the value", "{} 1"],
    ["a comma too many", "[1,]"],
    ["deep nesting", `${"[".repeat(401)}${"]".repeat(401)}`],
    ["more keys than a shape is for", `{${Array.from({ length: 20_001 }, (_, i) => `"k${i}":1`).join()}}`],
  ])("leaves %s to the permissive reader", (_what, text) => {
    expect(scanJson(text)).toBeUndefined();
  });
});

describe("an object of a scanned text", () => {
  const list = () => scanJson('[{"a":1,"b":{"c":[2.5]}},{"a":2,"b":{"c":[]}},{}]') as JsonObject[];

  it("is a Map whose members are the same ones each time", () => {
    const [first] = list() as [JsonObject];
    expect(first).toBeInstanceOf(Map);
    expect(first.get("b")).toBe(first.get("b"));
    expect([first.size, first.has("a"), first.has("x"), first.get("x")]).toEqual([2, true, false, undefined]);
    expect((first.get("b") as JsonObject).get("c")).toEqual(JsonArray.of(new JavaDouble(2.5)));
  });

  it("can be changed like a Map, and keeps what was read from it", () => {
    const [first, second, empty] = list() as [JsonObject, JsonObject, JsonObject];
    const member = first.get("b");
    first.set("a", 3).set("z", null);
    expect([...first.keys()]).toEqual(["a", "b", "z"]);
    expect(first.get("b")).toBe(member);
    expect(first.delete("a")).toBe(true);
    expect([...first.values()]).toEqual([member, null]);
    expect(second.get("a")).toBe(2);
    second.clear();
    expect([second.size, second.has("a"), empty.size, empty.get("a"), empty.has("a")]).toEqual([
      0,
      false,
      0,
      undefined,
      false,
    ]);
  });

  it("is listed like a Map", () => {
    const [first] = list() as [JsonObject];
    const seen: unknown[] = [];
    first.forEach((value, key, map) => {
      seen.push(key, value, map === (first as unknown));
    });
    expect(seen).toEqual(["a", 1, true, "b", first.get("b"), true]);
    expect([...first]).toEqual([...first.entries()]);
    expect(Object.prototype.toString.call(first)).toBe("[object Map]");
  });

  it("is written with what was changed in it", () => {
    const value = scanJson('{"a":{"b":"x/y"}}') as JsonObject;
    (value.get("a") as JsonObject).set("b", 1);
    expect(writeJson(value)).toBe('{"a":{"b":1}}');
    expect(writeJson(scanJson('{"a":"x/y"}'), { escapeSlash: true })).toBe('{"a":"x\\/y"}');
  });
});
