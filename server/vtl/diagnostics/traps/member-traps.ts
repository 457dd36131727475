import { contextMembers } from "@/server/vtl/bindings/context/context-members";
import { inputMembers } from "@/server/vtl/bindings/input/input-members";
import { utilMembers } from "@/server/vtl/bindings/util/util-members";
import { nearestName } from "@/server/vtl/diagnostics/nearest-name";
import { memberNames, nameOf } from "@/server/vtl/diagnostics/template-walk";
import type { Finding, Trap } from "@/server/vtl/diagnostics/traps/trap";
import type { ExpressionNode, ReferenceNode } from "@/server/vtl/parser/syntax-tree";

/** Methods every Java object has. */
const OF_ALL = new Set(["toString", "equals", "hashCode", "getClass", "class"]);

const OWNERS: Readonly<Record<string, ReadonlySet<string>>> = {
  util: new Set(utilMembers.map(({ label }) => label)),
  input: new Set([...inputMembers.map(({ label }) => label), "getBody"]),
};

const contextNames = contextMembers.map(([name]) => name);
const contextRoots = new Set([
  ...contextNames.map((name) => name.split(".")[0] as string),
  "authenticate",
  "authorize",
  "integration",
]);
/** Groups whose members are all known; those of the others depend on the API or are written by the template. */
const closedGroups = ["identity", "error"];
const mapMethods = new Set(["get", "put", "keySet", "entrySet", "values", "size", "isEmpty", "containsKey"]);

function unknownName(
  reference: ReferenceNode,
): { name: string; step: number; known: Iterable<string> } | null {
  const owner = nameOf(reference);
  const [step] = reference.steps;
  if (!step || step.type === "index") return null;
  const name = step.first.image;
  const ofOwner = Object.hasOwn(OWNERS, owner) ? OWNERS[owner] : undefined;
  if (ofOwner) return ofOwner.has(name) || OF_ALL.has(name) ? null : { name, step: 0, known: ofOwner };
  if (owner !== "context" || step.type !== "identifier") return null;
  if (!contextRoots.has(name)) return mapMethods.has(name) ? null : { name, step: 0, known: contextRoots };
  const [, member] = memberNames(reference);
  const group = closedGroups.includes(name) ? contextNames.filter((one) => one.startsWith(`${name}.`)) : [];
  if (member === undefined || group.length === 0 || group.some((one) => one.split(".")[1] === member))
    return null;
  return { name: member, step: 1, known: group.map((one) => one.split(".")[1] as string) };
}

function findUnknown(node: ExpressionNode): Finding[] {
  const unknown = node.type === "reference" ? unknownName(node) : null;
  if (!unknown || node.type !== "reference") return [];
  const { name, step, known } = unknown;
  const path = [`$${nameOf(node)}`, ...memberNames(node).slice(0, step)].join(".");
  const bare = name.replace(/-[\w-]*$/, "");
  if (bare !== name && [...known].includes(bare))
    return [
      {
        at: node.steps[step] as ReferenceNode["steps"][number],
        message: `The hyphen belongs to the name: ${path} has no ${name}.`,
        remedy: `Write \${${path.slice(1)}.${bare}}${name.slice(bare.length)}.`,
      },
    ];
  const nearest = nearestName(name, known);
  return [
    {
      at: node.steps[step] as ReferenceNode["steps"][number],
      message: `${path} has no ${name}: this is always empty.`,
      remedy: nearest ? `Write ${path}.${nearest}.` : `There are ${[...known].slice(0, 12).join(", ")}.`,
    },
  ];
}

export const unknownMember: Trap = {
  code: "unknown-member",
  documentation: "A member that $input, $util or $context does not have is empty, and no error tells.",
  example: {
    wrong: "$util.urlencode('a b')",
    marked: "urlencode('a b')",
    right: "$util.urlEncode('a b')",
  },
  expression: findUnknown,
};

export const uncalledMethod: Trap = {
  code: "uncalled-method",
  documentation: "$input.params is a method: without parentheses it is a property that is not there.",
  example: {
    wrong: "$input.params.header.Accept",
    marked: "params",
    right: "$input.params().header.Accept",
  },
  expression: (node) => {
    if (node.type !== "reference" || nameOf(node) !== "input") return [];
    const [step] = node.steps;
    if (step?.type !== "identifier" || step.first.image === "body" || !OWNERS.input?.has(step.first.image))
      return [];
    const name = step.first.image;
    const message = `${name} is a method; without parentheses this is always empty.`;
    return [{ at: step, message, remedy: name === "params" ? "Write params()." : `Write ${name}('$').` }];
  },
};

const NOT_THERE: Readonly<Record<string, string>> = {
  macro: "API Gateway does not keep macros: their calls are printed as text.",
  evaluate: "API Gateway has no #evaluate: it is printed as text.",
  parse: "API Gateway has no #parse: it is printed as text.",
  include: "API Gateway has no #include: it is printed as text.",
};

export const notInApiGateway: Trap = {
  code: "not-in-api-gateway",
  documentation: "Velocity's #macro, #evaluate, #parse and #include do nothing in API Gateway.",
  example: { wrong: "#evaluate('$x')", marked: "#evaluate", right: "#set($x = 1)$x" },
  statement: (statement) => {
    if (statement.type !== "directive" || !Object.hasOwn(NOT_THERE, statement.name)) return [];
    return [
      {
        at: { first: statement.first, last: statement.first },
        message: NOT_THERE[statement.name] as string,
        remedy: "Write its effect out where it is needed.",
      },
    ];
  },
};
