import { compileSchema } from "@/server/toolkit/json-schema/compile-schema";
import { SchemaBudgetError } from "@/server/toolkit/json-schema/schema-check";
import type { CompileScope, ProblemList } from "./compile-scope";

/** Null if the value fits, else what is wrong, one text each. */
export type ModelCheck = (value: unknown) => string[] | null;

/** How a model names another: `https://apigateway.amazonaws.com/restapis/{id}/models/{name}`. */
const MODEL_REFERENCE = /^https:\/\/apigateway\.amazonaws\.com\/restapis\/[^/]+\/models\/([A-Za-z0-9]+)$/;

/**
 * A function that makes the check of one model (JSON Schema draft 4). References lead to other models of the
 * API or inside the schema; any other reference is a problem: nothing is fetched.
 */
export function compileModels(
  scope: CompileScope,
): (name: string, problems: ProblemList) => ModelCheck | null {
  const documents = new Map<string, unknown>();
  return (name, problems) => {
    const load = (model: string): unknown => {
      if (!documents.has(model)) documents.set(model, readModel(model, scope, problems));
      return documents.get(model);
    };
    const schema = load(name);
    if (schema === undefined) return null;
    const check = compileSchema(schema, {
      document: (uri) => {
        const model = MODEL_REFERENCE.exec(uri)?.[1];
        return model === undefined ? undefined : load(model);
      },
      onProblem: ({ path, message }) => problems.add(`model ${name}, at /${path.join("/")}: ${message}`),
    });
    return (value) => {
      try {
        return check(value);
      } catch (error) {
        if (!(error instanceof SchemaBudgetError)) throw error;
        return [`the body takes too long to check: ${error.message}`];
      }
    };
  };
}

function readModel(name: string, scope: CompileScope, problems: ProblemList): unknown {
  const model = Object.hasOwn(scope.snapshot.models, name) ? scope.snapshot.models[name] : undefined;
  if (!model) {
    problems.add(`no model ${name}`);
    return undefined;
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(model.schema);
  } catch (error) {
    problems.add(`model ${name} is not JSON: ${(error as Error).message}`);
    return undefined;
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    problems.add(`model ${name} is not a schema object`);
    return undefined;
  }
  return parsed;
}
