import type { Family } from "../fuzz-case";
import type { Random } from "../random";
import { withSetups } from "../values";

const FORMAT_VALUES = [
  "$n",
  "$neg",
  "$L",
  "$B",
  "$d",
  "$dz",
  "$D",
  "$fl",
  "$by",
  "$sh",
  "$c",
  "$s",
  "$e",
  "$t",
  "$u",
  "null",
  "$l",
  "$m",
  "$inf",
  "$nan",
  "65",
  "'abc'",
  "-0.5",
  "1234567.891",
  "1e10",
  "0.00001234",
  "999999999",
  "$j.i",
];

function conversion(random: Random): string {
  return `%${random.pick(["", "", "", "1$", "2$", "<", "3$"])}${random.many(0, 2, () => random.pick(["-", "+", " ", "0", "#", ",", "("])).join("")}${random.pick(["", "", "", "1", "5", "8", "12"])}${random.pick(["", "", "", ".0", ".1", ".2", ".3", ".10"])}${random.pick(["d", "d", "s", "s", "f", "f", "x", "X", "o", "e", "E", "g", "G", "b", "c", "h", "n", "%", "S", "B", "C", "H", "a", "q", "tY", "tH", "Tc", "tj", "tF", "i"])}`;
}

function format(random: Random): string {
  const pattern = random.many(1, 3, () => conversion(random)).join(random.pick(["", " ", "|", "a"]));
  const values = random
    .many(0, 3, () => random.pick(FORMAT_VALUES))
    .map((v) => `, ${v}`)
    .join("");
  return random.pick([
    `[$s.format('${pattern}'${values})]`,
    `[$s.format('${pattern}'${values})]`,
    `#set($f = '${pattern}')[$f.formatted(${values.slice(2)})]`,
  ]);
}

const ATOMS = [
  "a",
  "b",
  "A",
  ".",
  "\\d",
  "\\w",
  "\\s",
  "\\W",
  "\\D",
  "\\S",
  "\\b",
  "\\B",
  "^",
  "$",
  "[a-c]",
  "[^a-c]",
  "[\\w-]",
  "[a-z&&[^b]]",
  "\\p{L}",
  "\\p{Lu}",
  "\\p{Alpha}",
  "\\P{L}",
  "\\p{IsAlphabetic}",
  "é",
  "😀",
  "\\.",
  "\\\\",
  "-",
  "_",
  "[-_]",
  "[]a]",
  "[a-]",
  "\\Q.\\E",
  "\\x41",
  "\\u0041",
  "\\t",
  "\\n",
  "1",
  "2",
  "x",
  " ",
  "[ab[cd]]",
  "\\z",
  "\\A",
  "\\Z",
  "\\R",
  "\\h",
  "\\v",
  "\\e",
  "\\0101",
  "[[:alpha:]]",
  "\\cA",
  "\\p{Punct}",
  "[\\p{L}&&[^\\p{Lu}]]",
  "\\G",
  "\\X",
  "[^]",
  "[",
  "]",
  "{",
  "}",
  "\\",
  "/",
  ",",
  "=",
  "&",
  "<",
  ">",
  "(?i)",
  "(?s)",
  "(?m)",
  "(?x) ",
  "(?u)",
];

function regex(random: Random, depth: number): string {
  const atom = (): string =>
    depth <= 0
      ? random.pick(ATOMS)
      : random.one(
          () => random.pick(ATOMS),
          () => random.pick(ATOMS),
          () => random.pick(ATOMS),
          () => `${random.pick(["(", "(?:", "(", "(?<g>", "(?i:", "(?-i:"])}${regex(random, depth - 1)})`,
        );
  const quantified = (): string =>
    `${atom()}${random.pick(["", "", "", "*", "+", "?", "{2}", "{1,2}", "{0,}", "*?", "+?", "??", "{,2}", "{2", "**", "{0}"])}`;
  return random.many(1, 3, quantified).join("") + (random.chance(0.2) ? `|${regex(random, depth - 1)}` : "");
}

const REPLACEMENTS = [
  "",
  "-",
  "X",
  "\\$",
  "$0",
  "[$0]",
  "$1",
  "$1$1",
  "$2",
  "${g}",
  "$g",
  "\\\\",
  "$",
  "\\",
  "a\\b",
  "$10",
  "${",
  "${1}",
  "<$1-$0>",
  "é",
];
const SUBJECTS = [
  "$s",
  "$e",
  "$w",
  "'aXbXc'",
  "'a.b-c_1 2'",
  "'AbcABC abc'",
  "'line1\nline2'",
  "'aaa'",
  "'1,2,,3,,'",
  "',a,'",
  "'é日😀x'",
  "'a\\\\b'",
  "'a-b-c'",
];

/** A literal in single quotes, where nothing but the quote is special. */
const single = (text: string): string => `'${text.replaceAll("'", "''")}'`;

function regexCall(random: Random): string {
  const pattern = single(regex(random, 2));
  const method = random.one(
    () => `replaceAll(${pattern}, ${single(random.pick(REPLACEMENTS))})`,
    () => `replaceAll(${pattern}, ${single(random.pick(REPLACEMENTS))})`,
    () => `replaceFirst(${pattern}, ${single(random.pick(REPLACEMENTS))})`,
    () => `matches(${pattern})`,
    () => `split(${pattern}).toString().length()`,
    () => `split(${pattern})`,
    () => `split(${pattern}, ${random.pick(["0", "-1", "1", "2", "3"])})`,
  );
  const call = `$x.${method}`;
  return `#set($x = ${random.pick(SUBJECTS)})${method.startsWith("split") ? `#foreach($i in ${call})<$i>#end` : `[${call}]`}`;
}

const CHARACTERS = [
  "a",
  "Z",
  "0",
  " ",
  "+",
  "%",
  "%41",
  "%e9",
  "%C3%A9",
  "%zz",
  "%4",
  "%%",
  "&",
  "=",
  "/",
  "\\",
  '"',
  "''",
  "<",
  ">",
  "é",
  "ß",
  "İ",
  "ı",
  "日",
  "😀",
  "\u0000",
  "\u0001",
  "\u007f",
  "\u0080",
  "\u00a0",
  "\u2028",
  "\ufffd",
  "\ud800",
  "\udc00",
  "\n",
  "\r",
  "\t",
  "\b",
  "\f",
  "~",
  "!",
  "*",
  "(",
  ")",
  "-",
  "_",
  ".",
  "'",
  "$",
  "#",
  "`",
  "{",
  "}",
  "YQ==",
  "aGk",
  "_-8",
  "====",
  "A",
  "\u{1f1e6}",
  "ǆ",
  "ﬁ",
  "Σ",
  "ς",
  "\u0301",
];

function util(random: Random): string {
  const call = `$util.${random.pick(["escapeJavaScript", "urlEncode", "urlDecode", "base64Encode", "base64Decode", "parseJson"])}`;
  const outer = `$util.${random.pick(["escapeJavaScript", "urlEncode", "urlDecode", "base64Encode", "base64Decode"])}`;
  return random.pick([
    `[${call}($x)]`,
    `[${call}($x)]`,
    `[${outer}(${call}($x))]`,
    `[${call}($x).length()]`,
    `#set($y = ${call}($x))#if($y == $x)T#end$!y`,
  ]);
}

const TEXT_METHODS = [
  "toUpperCase()",
  "toLowerCase()",
  "trim()",
  "strip()",
  "length()",
  "hashCode()",
  "isBlank()",
  "codePointCount(0, 2)",
  "codePointAt(0)",
  "charAt(0)",
  "substring(1)",
  "equalsIgnoreCase($y)",
  "compareTo($y)",
  "compareToIgnoreCase($y)",
  "indexOf($y)",
  "contains($y)",
  "replace($y, '-')",
  "startsWith($y)",
  "concat($y)",
  "getBytes().size()",
  "toCharArray().size()",
  "split('').size()",
  "lines().count()",
  "chars().count()",
  "codePoints().count()",
  "lastIndexOf($y)",
  "regionMatches(true, 0, $y, 0, 1)",
  "intern()",
  "repeat(2)",
  "indent(1)",
  "stripIndent()",
  "translateEscapes()",
  "isEmpty()",
];

const text = (random: Random): string => random.many(0, 5, () => random.pick(CHARACTERS)).join("");

export const textFamilies: readonly Family[] = [
  { name: "format", generate: (random) => withSetups(format(random)) },
  { name: "regex", generate: (random) => withSetups(regexCall(random)) },
  {
    name: "util",
    generate: (random) => ({
      template: `#set($x = $input.path('$.x'))${util(random)}`,
      input: { body: JSON.stringify({ x: text(random) }) },
    }),
  },
  {
    name: "unicode",
    generate: (random) => ({
      template: `#set($x = $input.path('$.x'))#set($y = $input.path('$.y'))[$x.${random.pick(TEXT_METHODS)}]${random.pick(["", "$input.json('$.x')", "$input.path('$.a')", '#set($z = "$x$y")$z'])}`,
      input: { body: JSON.stringify({ x: text(random), y: text(random), a: [text(random)] }) },
    }),
  },
];
