import { unknownCacheKeys } from "@/server/domain/edits/rules/cache-keys";
import { checkMediaTypes } from "@/server/domain/edits/rules/check-media-types";
import { endpointFault } from "@/server/domain/edits/rules/endpoint-fault";
import {
  parseMappingExpression,
  undeclaredParameter,
  unreadableExpression,
} from "@/server/domain/edits/rules/mapping-expression";
import { pathParameterNames } from "@/server/domain/path-parameters";
import type { Integration } from "@/server/gateway/snapshot/integration";
import { attempt } from "./attempt";
import type { CheckContext } from "./check-definition";
import type { CheckedMethod } from "./check-method";
import { checkTemplates } from "./check-templates";
import type { ProblemScope } from "./problem";
import { warnOfUnknownVariables } from "./unknown-variables";

type CheckedIntegration = CheckedMethod & { readonly integration: Integration };

/** Headers a mapping may not set: the gateway answers 500 (recorded). */
const NEVER = ["content-length", "transfer-encoding"];
const NEVER_TO_AWS = [...NEVER, "authorization", "connection", "expect", "proxy-authenticate", "te"];

/** The address, the parameter mappings and the templates towards the back end. */
export function checkIntegrationRequest(
  context: CheckContext,
  scope: ProblemScope,
  checked: CheckedIntegration,
): void {
  const { integration } = checked;
  const own = scope.in({ part: "integration" });
  const fault = endpointFault(integration);
  if (fault) own.at(fault.field).error(fault.message, { remedy: REMEDY[fault.field] });
  if (integration.connectionType === "VPC_LINK" && !integration.connectionId) {
    own.at("connectionId").error("A connection of type VPC_LINK needs a connectionId");
  }
  for (const name of unknownCacheKeys(checked.method, integration)) {
    own.at("cacheKeyParameters").warning(`${name} is part of the cache key, but nothing declares it`, {
      remedy: "Declare it in the method request, or take it out of the cache key: AWS refuses it",
    });
  }
  for (const field of ["uri", "credentials", "connectionId"] as const) {
    warnOfUnknownVariables(context, own.at(field), integration[field]);
  }
  if (integration.uri) {
    checkPlaceholders(own.at("uri"), integration.uri, integration);
  }
  const request = scope.in({ part: "integration-request" });
  checkMappings(context, request.at("requestParameters"), checked);
  const templates = request.at("requestTemplates");
  attempt(templates, () => checkMediaTypes(integration.requestTemplates, templates.path.map(String)));
  checkTemplates(context, templates, integration.requestTemplates);
  if (integration.passthroughBehavior === "NEVER" && Object.keys(integration.requestTemplates).length === 0) {
    if (integration.type.endsWith("_PROXY")) return;
    request.at("passthroughBehavior").warning("Without a template, every request is answered with 415", {
      remedy: "Add a request template or choose another passthrough behaviour",
    });
  }
}

const REMEDY = {
  httpMethod: "Choose the verb to call the back end with",
  uri: "Give the whole address: http://… or https://… for HTTP, an ARN for AWS",
};

function checkMappings(context: CheckContext, scope: ProblemScope, checked: CheckedIntegration): void {
  const { integration, method, resourceId } = checked;
  const inPath = pathParameterNames(context.definition, resourceId);
  const forbidden = integration.type.startsWith("AWS") ? NEVER_TO_AWS : NEVER;
  for (const [target, text] of Object.entries(integration.requestParameters)) {
    const at = scope.at(target);
    const header = /^integration\.request\.header\.(.+)$/.exec(target)?.[1];
    if (header !== undefined && forbidden.includes(header.toLowerCase())) {
      at.warning(
        `The header ${header} cannot be set by a mapping: every request would be answered with 500`,
        {
          remedy: "Remove the mapping",
        },
      );
    }
    const expression = parseMappingExpression(text, "request");
    if (!expression) {
      at.error(unreadableExpression(text), { remedy: "Write a literal in single quotes: 'text'" });
      continue;
    }
    warnOfUnknownVariables(context, at, text);
    if (!("all" in expression)) continue;
    const parameter = `method.request.${expression.source}.${expression.name}`;
    const declared =
      Object.hasOwn(method.requestParameters, parameter) ||
      (expression.source === "path" && inPath.includes(expression.name));
    if (declared) continue;
    at.warning(undeclaredParameter(text), { remedy: `Declare ${parameter} in the method request` });
  }
}

function checkPlaceholders(scope: ProblemScope, uri: string, { requestParameters, type }: Integration): void {
  if (!type.startsWith("HTTP")) return;
  const text = uri.replace(/\$\{[^}]*\}/g, "");
  const placeholders = [...text.matchAll(/\{([^{}]+?)\+?\}/g)].map((match) => match[1] as string);
  for (const name of placeholders) {
    if (Object.hasOwn(requestParameters, `integration.request.path.${name}`)) continue;
    scope.warning(`Nothing fills {${name}} in the address`, {
      remedy: `Map integration.request.path.${name}, for example from method.request.path.${name}`,
    });
  }
}
