import { isDroppedMappedHeader, isIllegalMappedHeader } from "../headers/header-rules";
import type { Integration } from "../snapshot/integration";
import { compileMapping, MappingError, type MappingSource } from "./compile-mapping";
import type { CompileScope, ProblemList } from "./compile-scope";

export type Mapping = { readonly name: string; readonly source: MappingSource };

export type RequestMappings = {
  readonly path: readonly Mapping[];
  readonly query: readonly Mapping[];
  readonly headers: readonly Mapping[];
  /** Lower-case names of `headers`. */
  readonly headerNames: ReadonlySet<string>;
  /** A header no mapping may set: every call fails with 500, though PutIntegration accepts it (recorded). */
  readonly illegalHeader: string | null;
  /** True if some source reads the client's body. */
  readonly readsBody: boolean;
};

/** Compiles an integration's `requestParameters` (`integration.request.{path|querystring|header}.NAME`). */
export function compileRequestMappings(
  integration: Integration,
  scope: CompileScope,
  problems: ProblemList,
): RequestMappings {
  const kind = integration.type === "AWS" || integration.type === "AWS_PROXY" ? "aws" : "http";
  const path: Mapping[] = [];
  const query: Mapping[] = [];
  const headers: Mapping[] = [];
  let illegalHeader: string | null = null;
  for (const [target, expression] of Object.entries(integration.requestParameters)) {
    const [, , place, ...rest] = target.split(".");
    const name = rest.join(".");
    const source = compiledOrProblem(expression, scope, problems.at("requestParameters", target));
    if (!source) continue;
    if (place === "path") path.push({ name, source });
    else if (place === "querystring") query.push({ name, source });
    else if (isIllegalMappedHeader(name, kind)) illegalHeader ??= name;
    else if (kind === "aws" || !isDroppedMappedHeader(name)) headers.push({ name, source });
  }
  return {
    path,
    query,
    headers,
    headerNames: new Set(headers.map((h) => h.name.toLowerCase())),
    illegalHeader,
    readsBody: Object.values(integration.requestParameters).some((e) => e.startsWith("method.request.body")),
  };
}

function compiledOrProblem(
  expression: string,
  scope: CompileScope,
  problems: ProblemList,
): MappingSource | null {
  try {
    return compileMapping(expression, "request", scope.stageVariables);
  } catch (error) {
    if (!(error instanceof MappingError)) throw error;
    problems.add(error.message);
    return null;
  }
}
