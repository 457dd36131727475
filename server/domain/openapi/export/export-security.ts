import type { ApiDefinition } from "@/server/domain/definition";
import { identitySources } from "@/server/domain/edits/rules/check-authorizer";
import type { Authorizer } from "@/server/gateway/snapshot/api-snapshot";
import type { Method } from "@/server/gateway/snapshot/method";
import type { ExportContext, JsonObject } from "./export-openapi";

/** Names of the two schemes that are no authorizers; an authorizer may have taken the usual ones. */
export type SchemeNames = { readonly apiKey: string; readonly iam: string };

export function schemeNames(definition: ApiDefinition): SchemeNames {
  const taken = new Set(Object.values(definition.authorizers).map(({ name }) => name));
  const free = (name: string): string => (taken.has(name) ? free(`${name}_`) : name);
  return { apiKey: free("api_key"), iam: free("sigv4") };
}

/** Security schemes for the authorizers, the API key and IAM, those that are used. */
export function exportSecuritySchemes(context: ExportContext): JsonObject {
  const { definition, choice, schemes } = context;
  const methods = Object.values(definition.resources).flatMap((resource) =>
    Object.values(resource.resourceMethods),
  );
  const result: JsonObject = {};
  if (methods.some((method) => method.apiKeyRequired)) {
    result[schemes.apiKey] = { type: "apiKey", name: "x-api-key", in: "header" };
  }
  if (methods.some((method) => method.authorizationType === "AWS_IAM")) {
    const extension = choice.authorizers ? { "x-amazon-apigateway-authtype": "awsSigv4" } : {};
    result[schemes.iam] = { type: "apiKey", name: "Authorization", in: "header", ...extension };
  }
  for (const authorizer of Object.values(definition.authorizers)) {
    result[authorizer.name] = exportAuthorizer(context, authorizer);
  }
  return result;
}

function exportAuthorizer({ choice, documentation }: ExportContext, authorizer: Authorizer): JsonObject {
  const place = identityPlace(authorizer);
  const said = choice.asAws
    ? documentation.take({ type: "AUTHORIZER", name: authorizer.name }, ["description"])
    : {};
  const scheme = { type: "apiKey", ...said, ...place };
  if (!choice.authorizers) return scheme;
  // An import takes a lone source from the scheme; a REQUEST authorizer names its sources anyway, as on AWS.
  const impliedSource = `method.request.${place.in === "query" ? "querystring" : "header"}.${place.name}`;
  const isImplied = authorizer.type !== "REQUEST" && authorizer.identitySource === impliedSource;
  const kind = authorizer.type === "COGNITO_USER_POOLS" ? "cognito_user_pools" : "custom";
  return {
    ...scheme,
    ...given("x-amazon-apigateway-authtype", authorizer.authType ?? (choice.asAws ? kind : null)),
    "x-amazon-apigateway-authorizer": {
      type: authorizer.type.toLowerCase(),
      ...given("authorizerUri", authorizer.authorizerUri),
      ...given("authorizerCredentials", authorizer.authorizerCredentials),
      ...given("identitySource", isImplied ? null : authorizer.identitySource),
      ...given("identityValidationExpression", authorizer.identityValidationExpression),
      ...given("providerARNs", authorizer.providerARNs.length > 0 ? authorizer.providerARNs : null),
      ...given("authorizerResultTtlInSeconds", authorizer.authorizerResultTtlInSeconds),
    },
  };
}

const given = (key: string, value: unknown): JsonObject => (value === null ? {} : { [key]: value });

/** One header or query parameter as it is; several sources, or others, stand only in the extension. */
function identityPlace(authorizer: Authorizer): { name: string; in: string } {
  const sources = identitySources(authorizer);
  const [source = ""] = sources.length === 1 ? sources : [];
  const match = /^method\.request\.(header|querystring)\.(.+)$/.exec(source);
  if (!match) return { name: "Unused", in: "header" };
  return { name: match[2] as string, in: match[1] === "querystring" ? "query" : "header" };
}

/** What a method asks for. AWS writes one requirement each, and means all of them. */
export function exportRequirements({ definition, schemes }: ExportContext, method: Method): JsonObject {
  const security: JsonObject[] = [];
  if (method.authorizationType === "AWS_IAM") security.push({ [schemes.iam]: [] });
  const authorizer = method.authorizerId === null ? undefined : definition.authorizers[method.authorizerId];
  if (authorizer) security.push({ [authorizer.name]: method.authorizationScopes });
  if (method.apiKeyRequired) security.push({ [schemes.apiKey]: [] });
  return security.length > 0 ? { security } : {};
}
