import type { ApiDefinition } from "@/server/domain/definition";
import { EditError } from "@/server/domain/errors";
import type { Authorizer } from "@/server/gateway/snapshot/api-snapshot";

const IDENTITY_SOURCE =
  /^(method\.request\.(header|querystring)\.[\w.$-]+|(stageVariables|context)\.[\w.]+)$/;

/**
 * A unique name, what its type needs (a function's address or user pools) and readable identity sources.
 *
 * @throws EditError
 */
export function checkAuthorizer(definition: ApiDefinition, authorizer: Authorizer): void {
  const fail = (message: string, field: keyof Authorizer): never => {
    throw new EditError("BAD_REQUEST", message, ["authorizers", authorizer.id, field]);
  };
  if (authorizer.name.trim() === "") fail("Authorizer name cannot be blank", "name");
  const twin = Object.values(definition.authorizers).find(
    (other) => other.name === authorizer.name && other.id !== authorizer.id,
  );
  if (twin) {
    fail(
      `Authorizer name must be unique. Authorizer ${authorizer.name} already exists in this RestApi.`,
      "name",
    );
  }
  if (authorizer.type === "COGNITO_USER_POOLS") {
    if (authorizer.providerARNs.length === 0)
      fail("A Cognito authorizer needs at least one user pool", "providerARNs");
  } else if (!authorizer.authorizerUri) {
    fail(`An authorizer of type ${authorizer.type} needs an authorizer URI`, "authorizerUri");
  }
  const sources = identitySources(authorizer);
  if (authorizer.type !== "REQUEST" && sources.length > 1) {
    fail(`An authorizer of type ${authorizer.type} has one identity source`, "identitySource");
  }
  const unreadable = sources.find((source) => !IDENTITY_SOURCE.test(source));
  if (unreadable !== undefined) fail(`Invalid identity source specified: ${unreadable}`, "identitySource");
}

/** The expressions of `identitySource`, which AWS writes with commas between them. */
export function identitySources(authorizer: Pick<Authorizer, "identitySource">): string[] {
  return (authorizer.identitySource ?? "")
    .split(",")
    .map((source) => source.trim())
    .filter((source) => source !== "");
}
