import { mappedResponseHeaderName } from "../headers/header-rules";
import type { IntegrationInput } from "../integrations/integration";
import type { ContentHandling, IntegrationResponse } from "../snapshot/integration";
import { compileMapping, MappingError, type MappingSource } from "./compile-mapping";
import { compileTemplates, type MappingTemplate } from "./compile-templates";

export type CompiledAnswer = {
  readonly status: number;
  /** False: the method declares no response with this status, so choosing it is a 500. */
  readonly isDeclared: boolean;
  readonly headers: readonly { readonly name: string; readonly source: MappingSource }[];
  readonly templates: readonly MappingTemplate[];
  readonly contentHandling: ContentHandling | null;
  /** Nobody looks into the back end's body, so it may pass as it comes. */
  readonly passesBody: boolean;
};

/** Compiles one integration response: its header mappings under the names they are sent with, its templates. */
export function compileAnswer(input: IntegrationInput, response: IntegrationResponse): CompiledAnswer {
  const { scope, method } = input;
  const problems = input.problems.at("integrationResponses", response.statusCode);
  const headers: { name: string; source: MappingSource }[] = [];
  for (const [target, expression] of Object.entries(response.responseParameters)) {
    const name = /^method\.response\.header\.(.+)$/.exec(target)?.[1];
    if (name === undefined) {
      problems.at("responseParameters", target).add(`${target} is no method response header`);
      continue;
    }
    const sentAs = mappedResponseHeaderName(name);
    try {
      const source = compileMapping(expression, "response", scope.stageVariables);
      if (sentAs !== null) headers.push({ name: sentAs, source });
    } catch (error) {
      if (!(error instanceof MappingError)) throw error;
      problems.at("responseParameters", target).add(error.message);
    }
  }
  const templates = compileTemplates(response.responseTemplates);
  const readsBody = Object.values(response.responseParameters).some((e) =>
    e.startsWith("integration.response.body"),
  );
  return {
    status: Number(response.statusCode),
    isDeclared: Object.hasOwn(method.methodResponses, response.statusCode),
    headers,
    templates,
    contentHandling: response.contentHandling,
    passesBody:
      !readsBody && templates.length === 0 && response.contentHandling === null && !scope.hasBinaryTypes,
  };
}
