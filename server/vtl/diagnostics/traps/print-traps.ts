import { literalOf, nameOf } from "@/server/vtl/diagnostics/template-walk";
import type { Finding, Trap, TrapView } from "@/server/vtl/diagnostics/traps/trap";
import type { ReferenceNode, StatementNode } from "@/server/vtl/parser/syntax-tree";

type Judge = (reference: ReferenceNode, view: TrapView) => Omit<Finding, "at"> | null;

/** Looks at references that are printed. */
const printed =
  (judge: Judge) =>
  (statement: StatementNode, view: TrapView): Finding[] => {
    const found = statement.type === "reference" ? judge(statement, view) : null;
    return found ? [{ at: statement, ...found }] : [];
  };

export const quotedJson: Trap = {
  code: "quoted-json",
  documentation: "$input.json gives JSON text: a string has its quotes already.",
  example: {
    wrong: '{"a": "$input.json(\'$.a\')"}',
    marked: "$input.json('$.a')",
    right: "{\"a\": $input.json('$.a')}",
  },
  statement: printed((reference, { kinds, places }) => {
    if (kinds.kindOf(reference) !== "json" || !places.get(reference)?.isWholeString) return null;
    const message = "$input.json gives JSON text: a string comes with quotes of its own.";
    return { message, remedy: "Remove the quotes around it." };
  }),
};

export const escapedApostrophe: Trap = {
  code: "escaped-apostrophe",
  documentation: "$util.escapeJavaScript writes \\' for an apostrophe, and JSON has no such escape.",
  example: {
    wrong: '{"a": "Dear $util.escapeJavaScript($input.path(\'$.name\'))"}',
    marked: "$util.escapeJavaScript($input.path('$.name'))",
    right: `{"a": "Dear $util.escapeJavaScript($input.path('$.name')).replaceAll("\\\\'","'")"}`,
  },
  statement: printed((reference, { places }) => {
    const [step, more] = reference.steps;
    const isCall = step?.type === "method" && step.first.image === "escapeJavaScript" && !more;
    if (!isCall || nameOf(reference) !== "util" || !places.get(reference)?.isInString) return null;
    const message = "escapeJavaScript writes \\' for an apostrophe, which is not valid in JSON.";
    return { message, remedy: `Append .replaceAll("\\\\'","'").` };
  }),
};

const JAVA_PRINTS: Partial<Record<string, string>> = {
  payload: "An object from parsed JSON prints as {name=value}, not as JSON.",
  map: "A map prints as {name=value}, not as JSON.",
  list: "A list prints its texts without quotes: [a, b].",
};

export const printedMap: Trap = {
  code: "printed-map",
  documentation: "Maps print as {name=value} and lists as [a, b], as Java prints them: that is not JSON.",
  example: {
    wrong: "#set($root = $input.path('$'))$root",
    marked: "$root",
    right: "#set($root = $input.path('$'))$input.json('$')",
  },
  statement: printed((reference, { kinds }) => {
    const message = JAVA_PRINTS[kinds.kindOf(reference)];
    if (message === undefined) return null;
    return { message, remedy: "Print JSON with $input.json('$…'), or the members one by one." };
  }),
};

export const printedGroup: Trap = {
  code: "printed-group",
  documentation: "$context and the groups in it, such as $context.identity, print nothing; their members do.",
  example: {
    wrong: "<$context.identity>",
    marked: "$context.identity",
    right: "<$context.identity.sourceIp>",
  },
  statement: printed((reference, { kinds }) => {
    if (kinds.kindOf(reference) !== "group") return null;
    return {
      message: `${literalOf(reference)} is a group of values and prints nothing.`,
      remedy: "Print one of its members.",
    };
  }),
};

export const unquotedText: Trap = {
  code: "unquoted-text",
  documentation: "A text that stands as a JSON value needs quotes around it.",
  example: {
    wrong: '{"id": $context.requestId}',
    marked: "$context.requestId",
    right: '{"id": "$context.requestId"}',
  },
  statement: printed((reference, { kinds, places }) => {
    const name = nameOf(reference);
    const isSurelyText = (name === "context" || name === "util") && reference.steps.length > 0;
    if (!isSurelyText || kinds.kindOf(reference) !== "text" || !places.get(reference)?.isWholeValue)
      return null;
    // What was encoded or escaped before may be JSON again.
    if (/^\$!?\{?util\.(?:base64Decode|urlDecode)/.test(literalOf(reference))) return null;
    const message = "This is text, and JSON wants quotes around text.";
    return { message, remedy: `Write "${literalOf(reference)}".` };
  }),
};

export const undefinedReference: Trap = {
  code: "undefined-reference",
  documentation: "A variable that no #set, #foreach or #define gives a value prints nothing, its $ included.",
  example: {
    wrong: '{"$ref": "#/pets"}',
    marked: "$ref",
    right: '#set($d = "$"){"${d}ref": "#/pets"}',
  },
  statement: printed((reference, { kinds }) => {
    const name = nameOf(reference);
    const source = literalOf(reference);
    if (kinds.isAssigned(name) || name === "" || source.startsWith("$!") || /\\\$/.test(source)) return null;
    const base = name.replace(/-[\w-]*$/, "");
    if (base !== name && kinds.isAssigned(base))
      return {
        message: `The hyphen belongs to the name: this is a variable ${name}, which has no value.`,
        remedy: `Write \${${base}}${name.slice(base.length)}.`,
      };
    return {
      message: `$${name} is given no value in this template, so nothing is printed here.`,
      remedy: `Set it before; or to print a dollar, write #set($d = "$") and \${d}${name}.`,
    };
  }),
};
