import { compileJavaRegex } from "@/server/toolkit/java-regex/compile-java-regex";
import { compileFunctionUri } from "../../compile/compile-function-uri";
import type { Authorizer } from "../../snapshot/api-snapshot";
import { identitySources, tokenSource } from "./identity-source";
import { tokenIssuerOf } from "./token-issuer";

/** What makes an authorizer refuse every call, field by field; stage variables are not known here. */
export function authorizerFaults(authorizer: Authorizer): [field: keyof Authorizer, message: string][] {
  const faults: [keyof Authorizer, string][] = [];
  const attempt = (field: keyof Authorizer, compile: () => unknown): void => {
    try {
      compile();
    } catch (error) {
      faults.push([field, (error as Error).message]);
    }
  };
  const { type, authorizerUri, identitySource, identityValidationExpression } = authorizer;
  if (type === "REQUEST") {
    attempt("identitySource", () => {
      const sources = identitySources(identitySource, {});
      if (authorizer.authorizerResultTtlInSeconds !== 0 && sources.length === 0)
        throw new Error("An authorizer whose decisions are kept needs an identity source");
    });
  } else {
    attempt("identitySource", () => tokenSource(identitySource));
    if (identityValidationExpression)
      attempt("identityValidationExpression", () => compileJavaRegex(identityValidationExpression));
  }
  if (type === "COGNITO_USER_POOLS") {
    for (const provider of authorizer.providerARNs) {
      if (tokenIssuerOf(provider)) continue;
      faults.push(["providerARNs", `${provider} is neither a user pool's ARN nor an issuer's URL`]);
    }
  } else if (authorizerUri && !authorizerUri.includes("${stageVariables.")) {
    const target = compileFunctionUri(authorizerUri, {}).resolve({});
    if ("problem" in target)
      faults.push(["authorizerUri", `Functions cannot be called there: ${target.problem}`]);
  }
  return faults;
}
