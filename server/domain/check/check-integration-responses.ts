import { checkMediaTypes } from "@/server/domain/edits/rules/check-media-types";
import {
  parseMappingExpression,
  undeclaredParameter,
  unreadableExpression,
} from "@/server/domain/edits/rules/mapping-expression";
import { ownEntry } from "@/server/domain/own-entry";
import type { Integration, IntegrationResponse } from "@/server/gateway/snapshot/integration";
import type { Method } from "@/server/gateway/snapshot/method";
import { compileJavaRegex, JavaRegexError } from "@/server/toolkit/java-regex/compile-java-regex";
import { attempt } from "./attempt";
import type { CheckContext } from "./check-definition";
import { checkTemplates } from "./check-templates";
import type { ProblemScope } from "./problem";
import { warnOfUnknownVariables } from "./unknown-variables";

/** The ways back of a non-proxy integration. */
export function checkIntegrationResponses(
  context: CheckContext,
  integrationScope: ProblemScope,
  { method, integration }: { method: Method; integration: Integration },
): void {
  const scope = integrationScope.in({ part: "integration-response" }).at("integrationResponses");
  const responses = Object.values(integration.integrationResponses);
  if (responses.length === 0) {
    scope.warning("Without an integration response, every answer is a 500", {
      remedy: "Add an integration response without a pattern: it is the default",
    });
  } else if (!responses.some((response) => !response.selectionPattern)) {
    scope.warning("There is no default integration response: an answer that fits no pattern becomes a 500", {
      remedy: "Add an integration response without a pattern",
    });
  }
  const defaults = responses.filter((response) => !response.selectionPattern);
  if (defaults.length > 1) {
    const codes = defaults.map((response) => response.statusCode).join(" and ");
    scope.warning(`Integration responses ${codes} both have no pattern: only the first is ever chosen`, {
      remedy: "Give all but one a pattern",
    });
  }
  for (const response of responses)
    checkResponse(context, scope.at(response.statusCode), { method, response });
}

function checkResponse(
  context: CheckContext,
  scope: ProblemScope,
  { method, response }: { method: Method; response: IntegrationResponse },
): void {
  const { statusCode, selectionPattern } = response;
  const declared = ownEntry(method.methodResponses, statusCode);
  if (!declared) {
    scope.warning(`There is no method response ${statusCode} for integration response ${statusCode}`, {
      remedy: `Add method response ${statusCode}`,
    });
  }
  if (selectionPattern) {
    try {
      compileJavaRegex(selectionPattern);
    } catch (error) {
      if (!(error instanceof JavaRegexError)) throw error;
      scope.at("selectionPattern").error(`The pattern is not a regular expression: ${error.message}`, {
        remedy: "Correct the pattern; status codes match as 5\\d\\d or 404",
      });
    }
  }
  for (const [target, text] of Object.entries(response.responseParameters)) {
    const at = scope.at("responseParameters", target);
    if (declared && !Object.hasOwn(declared.responseParameters, target)) {
      at.error(undeclaredParameter(target), {
        remedy: `Declare the header in method response ${statusCode}`,
      });
    }
    if (!parseMappingExpression(text, "response")) {
      at.error(unreadableExpression(text), { remedy: "Write a literal in single quotes: 'text'" });
    } else warnOfUnknownVariables(context, at, text);
  }
  const templates = scope.at("responseTemplates");
  attempt(templates, () => checkMediaTypes(response.responseTemplates, templates.path.map(String)));
  checkTemplates(context, templates, response.responseTemplates);
}
