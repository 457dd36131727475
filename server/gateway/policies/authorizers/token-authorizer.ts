import { compileJavaRegex } from "@/server/toolkit/java-regex/compile-java-regex";
import { GatewayError } from "../../errors";
import type { Exchange } from "../../exchange";
import type { Ports } from "../../ports";
import type { Authorizer } from "../../snapshot/api-snapshot";
import type { CompiledAuthorizer, Decision } from "./authorizer";
import { tokenSource } from "./identity-source";
import { misconfigured } from "./lambda-authorizer";
import { tokenIssuerOf } from "./token-issuer";

type Claims = Readonly<Record<string, unknown>>;

/**
 * COGNITO_USER_POOLS: a JSON Web Token of one of the providers. With `scopes` it must be an access token that has one
 * of them, without an identity token. Throws an Error if the authorizer's settings cannot be used.
 */
export function compileTokenAuthorizer(
  authorizer: Authorizer,
  scopes: readonly string[],
): CompiledAuthorizer {
  const source = tokenSource(authorizer.identitySource);
  const expression = authorizer.identityValidationExpression;
  const audience = expression ? compileJavaRegex(expression) : null;
  const issuers = authorizer.providerARNs.map((provider) => {
    const issuer = tokenIssuerOf(provider);
    if (!issuer) throw new Error(`${provider} is neither a user pool's ARN nor an issuer's URL`);
    return issuer;
  });
  if (issuers.length === 0) throw new Error("there is no provider");
  const cognito = new Set(issuers.filter(({ isCognito }) => isCognito).map(({ issuer }) => issuer));

  const refusal = (claims: Claims): string | null => {
    const use = scopes.length > 0 ? "access" : "id";
    const isKnownUse = claims.token_use !== undefined || cognito.has(String(claims.iss));
    if (isKnownUse && claims.token_use !== use) return `token_use is ${claims.token_use}, not ${use}`;
    if (audience && !audiencesOf(claims).some((text) => audience.matches(text)))
      return "aud does not match the authorizer's expression";
    const granted = scopesOf(claims);
    if (scopes.length > 0 && !scopes.some((scope) => granted.includes(scope)))
      return `none of the scopes ${scopes.join(", ")} is granted`;
    return null;
  };

  return {
    id: authorizer.id,
    async decide(exchange, ports) {
      const value = source(exchange);
      if (value === null) throw refused(exchange, "there is no token");
      const claims = await verifiedClaims(exchange, ports, value.replace(/^Bearer\s+/i, ""), issuers);
      const reason = refusal(claims);
      if (reason !== null) throw refused(exchange, reason);
      return decisionOf(claims, scopes.length > 0);
    },
  };
}

async function verifiedClaims(
  exchange: Exchange,
  ports: Ports,
  token: string,
  issuers: Parameters<Ports["tokens"]["verify"]>[1],
): Promise<Claims> {
  const verdict = await ports.tokens.verify(token, issuers);
  switch (verdict.outcome) {
    case "verified":
      return verdict.claims;
    case "expired":
      throw new GatewayError("UNAUTHORIZED", {
        publicMessage: "The incoming token has expired",
        logLine: `Unauthorized request: ${exchange.requestId} (${verdict.reason})`,
      });
    case "unavailable":
      throw misconfigured(verdict.reason);
    case "invalid":
      throw refused(exchange, verdict.reason);
  }
}

function refused({ requestId }: Exchange, reason: string): GatewayError {
  return new GatewayError("UNAUTHORIZED", { logLine: `Unauthorized request: ${requestId} (${reason})` });
}

function audiencesOf({ aud }: Claims): string[] {
  return (Array.isArray(aud) ? aud : [aud]).filter((text) => typeof text === "string");
}

/** `scope` is a text with blanks (OAuth 2.0), at some providers a list, or called `scp`. */
function scopesOf({ scope, scp }: Claims): string[] {
  const given = scope ?? scp;
  if (typeof given === "string") return given.split(" ").filter(Boolean);
  return Array.isArray(given) ? given.map(String) : [];
}

function decisionOf(claims: Claims, isAccessToken: boolean): Decision {
  const texts: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(claims)) {
    if (value !== null && value !== undefined) texts[name] = claimText(value);
  }
  const context: Record<string, unknown> = { claims: texts };
  if (isAccessToken) context.scopes = scopesOf(claims);
  return { policy: null, context, usageIdentifierKey: null };
}

function claimText(value: unknown): string {
  if (Array.isArray(value)) return value.map(claimText).join(",");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
