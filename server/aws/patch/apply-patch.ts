import type { PatchOperation } from "@/server/aws/call";
import { badRequest } from "@/server/aws/protocol/aws-error";

export type PatchOp = "add" | "remove" | "replace" | "copy";

export type PatchStep = {
  readonly op: PatchOp;
  /** As it was sent. */
  readonly path: string;
  /** What stands where the rule's path has a star, decoded. */
  readonly keys: readonly string[];
  readonly value: string | undefined;
  readonly from: string | undefined;
};

/** What may be done at a path; `*` stands for one segment. Paths are JSON pointers (RFC 6901). */
export type PatchRule<Target> = {
  readonly path: string;
  readonly ops: readonly PatchOp[];
  readonly apply: (target: Target, step: PatchStep) => void;
  /** AWS's words for another op at this path, where they are not those of the table. */
  readonly wrongOp?: string;
};

/** AWS's words differ by resource, not by cause. */
export type PatchWording = {
  readonly unknownPath: (path: string, op: string, paths: readonly string[]) => string;
  readonly wrongOp: (path: string, op: string, ops: readonly string[]) => string;
};

export type PatchTable<Target> = {
  readonly rules: readonly PatchRule<Target>[];
  readonly wording: PatchWording;
};

/** Resource, Model, RequestValidator, DocumentationPart, ApiKey: only `replace` is known (two spaces are AWS's). */
export const LISTING_WORDING: PatchWording = {
  unknownPath: (path, op, paths) =>
    op === "replace"
      ? `Invalid patch path  '${path}' specified for op '${op}'. Must be one of: [${paths.join(", ")}]`
      : unsupported(path, op),
  wrongOp: (path, op) => unsupported(path, op),
};

/** RestApi, Method, Integration … */
export const PLAIN_WORDING: PatchWording = {
  unknownPath: (path) => `Invalid patch path ${path}`,
  wrongOp: (_path, _op, ops) => `Invalid patch operation specified. Must be one of: [${ops.join(", ")}]`,
};

const unsupported = (path: string, op: string) =>
  `Invalid patch path  '${path}' specified for op '${op}'. Please choose supported operations`;

/** A copy of `target` with the operations applied in their order. */
export function applyPatch<Target>(
  table: PatchTable<Target>,
  target: Target,
  operations: readonly PatchOperation[] = [],
): Target {
  const copy = structuredClone(target);
  for (const { op = "", path, value, from } of operations) {
    if (path === undefined) throw badRequest("Invalid patch path null");
    const { rule, keys } = findRule(table, path, op);
    rule.apply(copy, { op: op as PatchOp, path, keys, value, from });
  }
  return copy;
}

function findRule<Target>({ rules, wording }: PatchTable<Target>, path: string, op: string) {
  const segments = pointerSegments(path);
  const fitting = rules.flatMap((rule) => {
    const keys = matchPath(rule.path, segments);
    return keys ? [{ rule, keys }] : [];
  });
  const found = fitting.find(({ rule }) => (rule.ops as readonly string[]).includes(op));
  if (found) return found;
  const [first] = fitting;
  if (first) throw badRequest(first.rule.wrongOp ?? wording.wrongOp(path, op, first.rule.ops));
  throw badRequest(wording.unknownPath(path, op, [...new Set(rules.map((rule) => rule.path))]));
}

/** The segments of a JSON pointer, decoded. */
export function pointerSegments(path: string): string[] {
  return path
    .split("/")
    .slice(1)
    .map((segment) => segment.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function matchPath(pattern: string, segments: readonly string[]): string[] | null {
  const parts = pattern.split("/").slice(1);
  if (parts.length !== segments.length) return null;
  const keys: string[] = [];
  for (const [index, part] of parts.entries()) {
    const segment = segments[index] as string;
    if (part === "*") keys.push(segment);
    else if (part !== segment) return null;
  }
  return keys;
}
