import type { ApiDefinition } from "@/server/domain/definition";
import { checkDefinitionReferences } from "@/server/domain/edits/rules/check-references";
import { compileApi } from "@/server/gateway/compile/compile-api";
import { SnapshotError } from "@/server/gateway/compile/snapshot-error";
import { stageConfigSchema } from "@/server/gateway/snapshot/stage-config";
import { attempt } from "./attempt";
import { checkComponents } from "./check-components";
import { checkMethod } from "./check-method";
import { type Problem, ProblemScope } from "./problem";

export type CheckOptions = {
  /** The variables of the stage that is deployed to. With them, variables it does not have are warned of. */
  readonly stageVariables?: Readonly<Record<string, string>> | undefined;
};

/** What every check may look at. */
export type CheckContext = { readonly definition: ApiDefinition; readonly options: CheckOptions };

/**
 * All problems of a definition, errors first. With an error it cannot be deployed: AWS refuses it, or the gateway
 * cannot run it. What AWS lets through although requests will fail is a warning.
 */
export function checkDefinition(definition: ApiDefinition, options: CheckOptions = {}): Problem[] {
  const found: Problem[] = [];
  const root = new ProblemScope(found, [], { part: "api" });
  const context = { definition, options };
  attempt(root, () => checkDefinitionReferences(definition));
  checkComponents(context, root);
  let methods = 0;
  for (const resource of Object.values(definition.resources)) {
    for (const method of Object.values(resource.resourceMethods)) {
      methods++;
      const { httpMethod } = method;
      const scope = root
        .at("resources", resource.id, "resourceMethods", httpMethod)
        .in({ resourceId: resource.id, httpMethod });
      checkMethod(context, scope, { resourceId: resource.id, method });
    }
  }
  if (methods === 0) {
    root
      .at("resources")
      .error("The REST API doesn't contain any methods", { remedy: "Add a method to a resource" });
  }
  addCompileProblems(context, found);
  return [
    ...found.filter((problem) => problem.severity === "error"),
    ...found.filter((problem) => problem.severity === "warning"),
  ];
}

/** Whatever the gateway's compiler refuses and no check has found. */
function addCompileProblems({ definition, options }: CheckContext, found: Problem[]): void {
  try {
    compileApi(
      definition,
      stageConfigSchema.parse({ stageName: "check", variables: options.stageVariables ?? {} }),
      { apiId: "check", deploymentId: "check", accountId: "check" },
    );
  } catch (error) {
    if (!(error instanceof SnapshotError)) throw error;
    for (const problem of error.problems) {
      const known = found.some(({ severity, path }) => severity === "error" && overlaps(path, problem.path));
      if (known) continue;
      const [field, resourceId, , httpMethod] = problem.path;
      const inMethod =
        field === "resources" && typeof resourceId === "string" && typeof httpMethod === "string";
      const where = inMethod
        ? { resourceId, httpMethod: httpMethod as never, part: "integration" as const }
        : { part: "api" as const };
      found.push({ severity: "error", message: problem.message, path: problem.path, where });
    }
  }
}

function overlaps(a: readonly (string | number)[], b: readonly (string | number)[]): boolean {
  const length = Math.min(a.length, b.length);
  return a.slice(0, length).every((part, index) => part === b[index]);
}
