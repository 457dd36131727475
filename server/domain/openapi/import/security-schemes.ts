import { ownEntry } from "@/server/domain/own-entry";
import { type Authorizer, authorizerSchema } from "@/server/gateway/snapshot/api-snapshot";
import { resolveReference } from "./import-context";
import type { Report } from "./report";
import { type Cursor, isRecord } from "./source/cursor";
import type { SourceDocument } from "./source/source-document";

export type SecurityScheme =
  | { readonly kind: "apiKey" }
  | { readonly kind: "iam" }
  | { readonly kind: "authorizer"; readonly authorizer: Authorizer }
  | { readonly kind: "unsupported"; readonly type: string };

export type SecuritySchemes = Readonly<Record<string, SecurityScheme>>;

type Context = { readonly source: SourceDocument; readonly report: Report; readonly ids: () => string };

/**
 * Reads `securityDefinitions` or `components.securitySchemes`: authorizers, API keys and IAM. API Gateway has no
 * other kind; methods that ask for one are reported where they do.
 */
export function readSecuritySchemes(schemes: Cursor, context: Context): Record<string, SecurityScheme> {
  const found: [string, SecurityScheme][] = [];
  for (const [name, at] of schemes.entries()) {
    const scheme = resolveReference(context, at);
    if (scheme) found.push([name, readScheme(name, scheme, context)]);
  }
  return Object.fromEntries(found);
}

function readScheme(name: string, at: Cursor, context: Context): SecurityScheme {
  const { report } = context;
  const authorizer = at.get("x-amazon-apigateway-authorizer");
  const authType = at.get("x-amazon-apigateway-authtype").text() ?? null;
  if (authorizer.exists) {
    const read = readAuthorizer(name, { scheme: at, authorizer, authType }, context);
    if (read) {
      report.kept(at, `Authorizer ${name} (${read.type})`);
      return { kind: "authorizer", authorizer: read };
    }
    return { kind: "unsupported", type: `authorizer ${authorizer.get("type").text() ?? ""}`.trim() };
  }
  if (authType?.toLowerCase().startsWith("aws")) {
    report.kept(at, `Security scheme ${name}: IAM signatures`);
    return { kind: "iam" };
  }
  const type = at.get("type").text() ?? "";
  if (type !== "apiKey" || at.get("in").text() === "cookie") {
    report.dropped(
      at,
      `Security scheme ${name} (${type || "without a type"}) cannot be enforced without an authorizer`,
    );
    return { kind: "unsupported", type };
  }
  const header = at.get("name").text() ?? "";
  if (at.get("in").text() === "header" && header.toLowerCase() === "x-api-key") {
    report.kept(at, `Security scheme ${name}: API key`);
  } else {
    report.translated(
      at,
      `Security scheme ${name}: the API key comes in the header x-api-key, not in ${header}`,
    );
  }
  return { kind: "apiKey" };
}

type AuthorizerSource = { scheme: Cursor; authorizer: Cursor; authType: string | null };

function readAuthorizer(name: string, source: AuthorizerSource, context: Context): Authorizer | null {
  const { authorizer: at, scheme } = source;
  const parsed = authorizerSchema.safeParse({
    id: context.ids(),
    name,
    type: (at.get("type").text() ?? "").toUpperCase(),
    providerARNs: at.get("providerARNs").texts(),
    authType: source.authType,
    authorizerUri: at.get("authorizerUri").text() ?? null,
    authorizerCredentials: at.get("authorizerCredentials").text() ?? null,
    identitySource: identitySource(at, scheme),
    identityValidationExpression: at.get("identityValidationExpression").text() ?? null,
    authorizerResultTtlInSeconds: ttl(at),
  });
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  context.report.dropped(
    at,
    `Authorizer ${name} cannot be read: ${issue?.path.join(".")}: ${issue?.message}`,
  );
  return null;
}

/** AWS shows no time for an authorizer that was imported without one; its default of 300 seconds holds. */
function ttl(at: Cursor): number | null {
  const value = at.get("authorizerResultTtlInSeconds");
  return value.exists ? Number(value.text()) : null;
}

/** AWS takes the scheme's own header or query parameter unless the authorizer says otherwise. */
function identitySource(authorizer: Cursor, scheme: Cursor): string | null {
  const said = authorizer.get("identitySource").text();
  if (said) return said;
  const name = scheme.get("name").text();
  if (!name || name === "Unused") return null;
  return `method.request.${scheme.get("in").text() === "query" ? "querystring" : "header"}.${name}`;
}

export type MethodSecurity = {
  authorizationType: "NONE" | "AWS_IAM" | "CUSTOM" | "COGNITO_USER_POOLS";
  authorizerId: string | null;
  authorizationScopes: string[];
  apiKeyRequired: boolean;
};

/**
 * What a list of security requirements asks of a method. API Gateway cannot offer alternatives: like AWS, everything
 * that is listed is asked for.
 */
export function readRequirements(
  requirements: Cursor,
  context: { schemes: SecuritySchemes; report: Report },
): MethodSecurity {
  const security: MethodSecurity = {
    authorizationType: "NONE",
    authorizerId: null,
    authorizationScopes: [],
    apiKeyRequired: false,
  };
  for (const requirement of requirements.items()) {
    if (isRecord(requirement.value) && Object.keys(requirement.value).length === 0) {
      context.report.translated(
        requirement,
        "Optional security is not possible: the other requirements always hold",
      );
    }
    for (const [name, scopes] of requirement.entries()) {
      const problem = demand(security, ownEntry(context.schemes, name), scopes.texts());
      if (problem) context.report.dropped(scopes, `Security requirement ${name}: ${problem}`);
    }
  }
  return security;
}

function demand(
  security: MethodSecurity,
  scheme: SecurityScheme | undefined,
  scopes: string[],
): string | null {
  if (!scheme) return "there is no such security scheme";
  switch (scheme.kind) {
    case "apiKey":
      security.apiKeyRequired = true;
      return null;
    case "unsupported":
      return `${scheme.type || "it"} cannot be enforced without an authorizer, so it is not`;
    case "iam":
      if (security.authorizationType !== "NONE") return "a method has one kind of authorization";
      security.authorizationType = "AWS_IAM";
      return null;
    case "authorizer":
      if (security.authorizationType !== "NONE") return "a method has one authorizer";
      security.authorizationType =
        scheme.authorizer.type === "COGNITO_USER_POOLS" ? "COGNITO_USER_POOLS" : "CUSTOM";
      security.authorizerId = scheme.authorizer.id;
      security.authorizationScopes = security.authorizationType === "COGNITO_USER_POOLS" ? scopes : [];
      return null;
  }
}
