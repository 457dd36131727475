import type { Family } from "../fuzz-case";
import type { Random } from "../random";
import { expression, reference, value, withSetups } from "../values";

const SPACES = ["", "", "", " ", "\n", "  ", "\t", "\r\n", " \n", "\n\n", "\n  ", " \t\n", "\r"];
const TEXTS = [
  "a",
  "b c",
  "{",
  "}",
  '"k": ',
  ",",
  ".",
  "x.y",
  "#",
  "$",
  "$5",
  "##c",
  "#*c*#",
  "#*\nc\n*#",
  "\\",
  "é",
  "😀",
  "(",
  ")",
  "[0]",
  "!",
  "-",
  "#[[ $x #if ]]#",
  "#fff",
  "#zz()",
  "@",
  "user@",
  "<a href='#x'>",
  "&&",
  "..",
  "''",
  '""',
  "\\$n",
  "\\\\$n",
  "\\#if(true)",
  "\\#set($q = 1)",
  "\\\\#end",
  "#a(1)",
  "\u00a0",
  "\f",
  "#@zz",
  "{}",
  "$$",
  "#$n",
  "\\#",
  "\\\\",
];

function argument(random: Random): string {
  return value(random);
}

/** A reference with everything that may hang on it. */
export function fullReference(random: Random): string {
  let path = random.pick([
    "u",
    "n",
    "s",
    "m",
    "l",
    "j",
    "d",
    "foreach",
    "input",
    "util",
    "context",
    "stageVariables",
    "q",
    "def",
    "B",
    "velocityCount",
    "m",
    "l",
    "j",
    "s",
  ]);
  const parts = random.below(3);
  for (let i = 0; i < parts; i++) {
    path += random.one(
      () =>
        `.${random.pick(["k", "a", "n", "size", "arr", "o", "items", "index", "count", "hasNext", "first", "last", "empty", "class", "name", "zz", "body", "stage", "b-c", "x1", "q_", "id", "bytes", "parent"])}`,
      () =>
        `.${random.pick(["size", "get", "toString", "length", "zz", "keySet", "path", "json", "isEmpty", "values", "put", "add", "contains", "equals", "hashCode", "substring", "params"])}(${random.many(0, 2, () => argument(random)).join(random.pick([",", ", ", " ,"]))})`,
      () => `[${random.pick(["0", "1", "-1", "'k'", '"a"', "$n", "9", " 0 ", "true", "$u", "'x'"])}]`,
    );
  }
  return random.one(
    () => `$${path}`,
    () => `$${path}`,
    () => `$!${path}`,
    () => `\${${path}}`,
    () => `$!{${path}}`,
    () => `\\$${path}`,
    () => `\\\\$!${path}`,
    () =>
      `$${path}${random.pick([".", "..", ".1", "(", "()", "[", "[]", "-", "-1", "!", "{a}", "$", "#", "\\", ":", "(1)", " .k", "._a", "##c", "#end", ";", "é"])}`,
  );
}

export function block(random: Random, depth: number): string {
  const inside = (): string => random.many(0, 3, () => block(random, depth - 1)).join("");
  const gap = (): string => random.pick(SPACES);
  const flat = [
    () => random.pick(TEXTS),
    () => gap(),
    () => fullReference(random),
    () => fullReference(random),
    () => reference(random),
    () =>
      `#set(${random.pick(["", "", " ", "\n"])}$${random.pick(["q", "x", "n", "m.k", "l[0]", "s", "y"])}${random.pick([" = ", "=", " =", "= ", "\n=\n"])}${expression(random, 1)}${random.pick(["", "", " ", "\n"])})${gap()}`,
    () =>
      random.pick([
        "#stop",
        "#break",
        "#{stop}",
        "#{break}",
        "#break()",
        "#stop()",
        "#break($foreach)",
        "#evaluate('$n')",
        "#parse('x')",
        "#include('x')",
        "#macro(mm $a)<$a>#end",
        "#mm('y')",
        "#return(1)",
        "#literal()$n#end",
        "#foo",
        "#foo($n)",
        "#{foo}",
      ]),
  ];
  if (depth <= 0) return random.one(...flat);
  return random.one(
    ...flat,
    () =>
      `#if(${expression(random, 1)})${gap()}${inside()}${random.many(0, 1, () => `#elseif(${expression(random, 1)})${gap()}${inside()}`).join("")}${random.one(
        () => "",
        () => `${random.pick(["#else ", "#{else}", "#else\n"])}${inside()}`,
      )}${random.pick(["#end", "#end", "#{end}", "#end\n", "#end "])}`,
    () =>
      `#if${random.pick(["", " ", "\n"])}(${random.pick(["", " ", "\n"])}${reference(random)})${gap()}${inside()}#end${gap()}`,
    () =>
      `#foreach(${random.pick(["", " "])}$${random.pick(["i", "x", "i", "n", "foreach"])} in ${value(random)})${gap()}${inside()}${random.pick(["$i", "$foreach.count", "#if($foreach.hasNext),#end", "$velocityCount", "$foreach.index", "$!i.k"])}${inside()}#end${gap()}`,
    () =>
      `#define($${random.pick(["d", "x", "n"])})${gap()}${inside()}#end${gap()}${random.pick(["$d", "$x", "$n", "$d.length()", '#set($q = "$d!")$q', ""])}`,
    () => `#literal()${inside()}#end`,
    () => `#[[${inside()}]]#`,
    () => `#set($q = "${inside().replaceAll('"', "'")}")${random.pick(["$q", "[$!q]", ""])}`,
    inside,
    inside,
  );
}

export function template(random: Random, depth = 3): string {
  return random.many(1, 5, () => block(random, depth)).join("");
}

export const templateFamilies: readonly Family[] = [
  { name: "template", generate: (random) => withSetups(template(random)) },
  {
    name: "reference",
    generate: (random) =>
      withSetups(
        random
          .many(
            1,
            4,
            () =>
              `${random.pick(SPACES)}${random.pick(["", "", "a", "[", "#", "\\"])}${fullReference(random)}`,
          )
          .join(""),
      ),
  },
  {
    name: "interpolation",
    generate: (random) =>
      withSetups(`#set($q = "${block(random, 2).replaceAll('"', random.pick(["'", '""', ""]))}")[$!q]`),
  },
  {
    name: "whitespace",
    generate: (random) => {
      const gap = (): string => random.many(0, 2, () => random.pick(SPACES)).join("");
      const parts = random.many(1, 7, () =>
        random.pick([
          "#set($q = 1)",
          "#if(true)A#end",
          "#if(true)",
          "#else",
          "#{else}",
          "#elseif($q)",
          "#end",
          "#foreach($i in [1,2])",
          "$i",
          "x",
          "$q",
          "##c\n",
          "#*c*#",
          "#define($d)",
          "$d",
          "#stop",
          "#break",
          "#[[r]]#",
          "#foo",
          "#foo()",
          "#literal()",
          "${q}",
          "\\#end",
          "#macro(m)",
          "#{end}",
          "#set( $q = 2 )",
          "$!z",
          "$q.x",
          "$q.toString()",
        ]),
      );
      return withSetups(
        parts.map((part) => `${gap()}${part}`).join("") + gap() + random.pick(["", "", "#end", "#end#end"]),
      );
    },
  },
];
