import type { HttpMethod } from "@/server/gateway/snapshot/method";
import { readBasePath } from "./base-path";
import { type ImportContext, resolveReference } from "./import-context";
import { readOperation } from "./read-operation";
import { ResourceTree } from "./resource-tree";
import type { Cursor } from "./source/cursor";

const VERBS: Readonly<Record<string, HttpMethod>> = {
  get: "GET",
  put: "PUT",
  post: "POST",
  delete: "DELETE",
  options: "OPTIONS",
  head: "HEAD",
  patch: "PATCH",
  "x-amazon-apigateway-any-method": "ANY",
};
const OTHER = new Set(["parameters", "summary", "description", "$ref"]);

/** Every path item: its resources, and a method for each of its operations. */
export function readPaths(context: ImportContext): void {
  const tree = new ResourceTree(context.definition, context.options.ids);
  const base = readBasePath(context);
  if (base.prefix) tree.place(base.prefix);
  for (const [given, at] of context.source.root.get("paths").entries()) {
    if (given.startsWith("x-")) {
      context.report.dropped(at, `${given} has no place in an API definition`);
      continue;
    }
    const pathItem = resolveReference(context, at);
    if (!pathItem) continue;
    readPathItem(context, tree, { given, path: base.translate(given), at: pathItem });
  }
}

type PathItem = { given: string; path: string; at: Cursor };

function readPathItem(context: ImportContext, tree: ResourceTree, { given, path, at }: PathItem): void {
  const placed = tree.place(path);
  if (typeof placed === "string") {
    context.report.dropped(at, `Path ${given}: ${placed}`);
    return;
  }
  const { resource, renamed } = placed;
  const parts = path.split("/").filter((part) => part !== "");
  const names = parts.flatMap((part) => /^\{(.+?)\+?\}$/.exec(part)?.[1] ?? []);
  for (const [from, to] of renamed) {
    context.report.translated(
      at,
      `Variable {${from}} of ${given} is {${to}}, as in the paths beside it; templates still say ${from}`,
    );
  }
  const shown = `/${parts.map((part) => rename(part, renamed)).join("/")}`;
  context.documentation.add(
    { type: "RESOURCE", path: shown },
    { summary: at.get("summary").text(), description: at.get("description").text() },
  );
  for (const [key, operation] of at.entries()) {
    const httpMethod = Object.hasOwn(VERBS, key) ? VERBS[key] : undefined;
    if (httpMethod) {
      if (resource.resourceMethods[httpMethod]) {
        context.report.dropped(operation, `${httpMethod} ${shown} is there already`);
        continue;
      }
      const where = {
        httpMethod,
        path: shown,
        renamed,
        variables: names.map((name) => renamed.get(name) ?? name),
      };
      const method = readOperation(context, where, { pathItem: at, operation });
      context.source.charge({ characters: JSON.stringify(method).length });
      resource.resourceMethods[httpMethod] = method;
    } else if (!OTHER.has(key)) {
      context.report.dropped(operation, `${key} of path ${given} has no place in an API definition`);
    }
  }
}

function rename(part: string, renamed: ReadonlyMap<string, string>): string {
  const name = /^\{(.+)\}$/.exec(part)?.[1];
  const to = name === undefined ? undefined : renamed.get(name);
  return to === undefined ? part : `{${to}}`;
}
