import type { Method } from "@/server/gateway/snapshot/method";
import { type ImportContext, resolveReference } from "./import-context";
import type { OperationPlace } from "./read-operation";
import { type Cursor, isRecord } from "./source/cursor";

const PARAMETER_NAME = /^[\w.$-]+$/;
const PLACES: Record<string, "path" | "querystring" | "header"> = {
  path: "path",
  query: "querystring",
  header: "header",
};
const DOCUMENTED_AS = {
  path: "PATH_PARAMETER",
  querystring: "QUERY_PARAMETER",
  header: "REQUEST_HEADER",
} as const;
/** What API Gateway keeps of a parameter; the rest it ignores (developer guide, "known issues"). */
const KEPT = new Set(["name", "in", "required", "type", "description", "schema", "$ref"]);

/** Parameters in force for an operation: its own, and the path item's that it does not replace. */
export function effectiveParameters(context: ImportContext, pathItem: Cursor, operation: Cursor): Cursor[] {
  const byKey = new Map<string, Cursor>();
  const given = [...pathItem.get("parameters").items(), ...operation.get("parameters").items()];
  context.source.charge({ values: given.length });
  for (const at of given) {
    const parameter = resolveReference(context, at);
    if (parameter) byKey.set(`${parameter.get("in").text()} ${parameter.get("name").text()}`, parameter);
  }
  return [...byKey.values()];
}

/** Path, query and header parameters into the method request; the body and form parameters are others' work. */
export function readParameters(
  context: ImportContext,
  place: OperationPlace,
  { parameters, method }: { parameters: Cursor[]; method: Method },
): void {
  const { report } = context;
  const taken = new Map<string, string>();
  for (const at of parameters) {
    const source = at.get("in").text() ?? "";
    if (source === "body" || source === "formData") continue;
    const location = PLACES[source];
    const given = at.get("name").text() ?? "";
    if (!location) {
      report.dropped(
        at,
        `Parameter ${given} in ${source || "no place"}: API Gateway has path, query and header parameters`,
      );
      continue;
    }
    const name = location === "path" ? (place.renamed.get(given) ?? given) : given;
    const problem = parameterProblem(place, { location, name, taken: taken.get(name) });
    if (problem) {
      report.dropped(at, `Parameter ${given}: ${problem}`);
      continue;
    }
    taken.set(name, location);
    method.requestParameters[`method.request.${location}.${name}`] =
      location === "path" || at.get("required").flag() === true;
    context.documentation.add(
      { type: DOCUMENTED_AS[location], path: place.path, method: place.httpMethod, name },
      { description: at.get("description").text() },
    );
    reportConstraints(context, at, given);
  }
}

function parameterProblem(
  place: OperationPlace,
  parameter: { location: string; name: string; taken: string | undefined },
): string | null {
  if (!PARAMETER_NAME.test(parameter.name)) return "a name has letters, digits and . _ $ -";
  if (parameter.taken) return `Parameter names must be unique across querystring, header and path`;
  if (parameter.location === "path" && !place.variables.includes(parameter.name))
    return "it is not in the path";
  return null;
}

function reportConstraints(context: ImportContext, at: Cursor, name: string): void {
  const schema = at.get("schema").exists ? resolveReference(context, at.get("schema")) : null;
  const ignored = [
    ...at.entries().filter(([key]) => !KEPT.has(key)),
    ...(schema && isRecord(schema.value) ? schema.entries().filter(([key]) => key !== "type") : []),
  ].map(([key]) => key);
  if (ignored.length === 0) return;
  const words = [...new Set(ignored)].sort().join(", ");
  context.report.dropped(at, `Parameter ${name} is without ${words}: only its presence is checked`);
}
