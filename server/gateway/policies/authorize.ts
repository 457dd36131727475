import type { CompileScope } from "../compile/compile-scope";
import { GatewayError } from "../errors";
import type { Exchange } from "../exchange";
import type { Ports } from "../ports";
import type { Method } from "../snapshot/method";
import type { CompiledAuthorizer, Decision } from "./authorizers/authorizer";
import { iamAuthorizer } from "./authorizers/iam-authorizer";
import { compileLambdaAuthorizer, misconfigured } from "./authorizers/lambda-authorizer";
import { compileTokenAuthorizer } from "./authorizers/token-authorizer";
import { arnPrefixOf, methodArnOf } from "./iam/method-arn";
import { compilePolicy, type Policy as IamPolicy, type PolicyVerdict } from "./iam/policy";
import type { PolicyRequest } from "./iam/policy-request";
import { requestKeys } from "./iam/request-keys";
import type { Policy } from "./policy";

/**
 * Authorizers, IAM and resource policies. What cannot be understood refuses every call and says why in the log: it
 * must never be an open door.
 */
export const authorizePolicy: Policy = {
  name: "authorize",
  help: "Who may call: authorizers, IAM, resource policies.",
  compile({ method, scope }) {
    if (method.authorizationType === "NONE" && scope.snapshot.policy === null) return null;
    try {
      const resourcePolicy = compileResourcePolicy(scope);
      const authorizer = compileAuthorizer(method, scope);
      return {
        name: "authorize",
        isGate: true,
        run: (exchange, ports) => authorize(exchange, ports, { method, authorizer, resourcePolicy }),
      };
    } catch (error) {
      const refusal = misconfigured((error as Error).message);
      return {
        name: "authorize",
        isGate: true,
        run() {
          throw refusal;
        },
      };
    }
  },
};

/** Null where the API has none. Throws if it cannot be read. */
export function compileResourcePolicy({ snapshot, ...scope }: CompileScope): IamPolicy | null {
  if (snapshot.policy === null) return null;
  let document: unknown;
  try {
    document = JSON.parse(snapshot.policy);
  } catch {
    throw new Error("the resource policy is not JSON");
  }
  return compilePolicy(document, { hasPrincipals: true, arnPrefix: arnPrefixOf(scope) });
}

/** Null for a method without one. Throws if the method's authorizer is not there or cannot be used. */
export function compileAuthorizer(method: Method, scope: CompileScope): CompiledAuthorizer | null {
  const { authorizationType, authorizerId } = method;
  if (authorizationType === "NONE") return null;
  if (authorizationType === "AWS_IAM") return iamAuthorizer;
  const { authorizers } = scope.snapshot;
  const found = authorizerId !== null && Object.hasOwn(authorizers, authorizerId);
  const authorizer = found ? authorizers[authorizerId] : undefined;
  if (!authorizer) throw new Error(`the method's authorizer ${authorizerId} is not there`);
  const isTokenType = authorizer.type === "COGNITO_USER_POOLS";
  if (isTokenType !== (authorizationType === "COGNITO_USER_POOLS"))
    throw new Error(`an authorizer of type ${authorizer.type} does not serve ${authorizationType}`);
  return isTokenType
    ? compileTokenAuthorizer(authorizer, method.authorizationScopes)
    : compileLambdaAuthorizer(authorizer, scope);
}

type Gate = {
  readonly method: Pick<Method, "authorizationType">;
  readonly authorizer: CompiledAuthorizer | null;
  readonly resourcePolicy: IamPolicy | null;
};

function authorize(exchange: Exchange, ports: Ports, gate: Gate): void | Promise<void> {
  const { authorizer, resourcePolicy } = gate;
  if (!authorizer) {
    // A policy alone must allow; silence refuses (developer guide, authorization flow).
    const verdict = ask(resourcePolicy as IamPolicy, exchange);
    if (verdict.effect !== "allow") throw resourceRefusal(exchange, verdict);
    return;
  }
  if (gate.method.authorizationType === "CUSTOM" && resourcePolicy) {
    // Before a function is asked, only an explicit Deny counts.
    const before = ask(resourcePolicy, exchange);
    if (before.effect === "deny") throw resourceRefusal(exchange, before);
  }
  exchange.trace?.log(`Starting authorizer: ${authorizer.id} for request: ${exchange.requestId}`);
  const decided = authorizer.decide(exchange, ports);
  return decided instanceof Promise
    ? decided.then((decision) => admit(exchange, decision, gate))
    : admit(exchange, decided, gate);
}

/**
 * Combines what the authorizer allows with the resource policy: an explicit Deny of either refuses, an Allow of either
 * lets in (same account); after a token the resource policy alone decides, and must allow.
 */
function admit(exchange: Exchange, decision: Decision, { method, resourcePolicy }: Gate): void {
  exchange.decision = decision;
  const own = decision.policy ? ask(decision.policy, exchange) : null;
  const resource = resourcePolicy ? ask(resourcePolicy, exchange) : null;
  const isCustom = method.authorizationType === "CUSTOM";
  if (own?.effect === "deny") throw isCustom ? customRefusal(own) : callerRefusal(exchange, own);
  if (resource?.effect === "deny") throw resourceRefusal(exchange, resource);
  if (own === null) {
    if (resource && resource.effect !== "allow") throw resourceRefusal(exchange, resource);
  } else if (own.effect !== "allow" && resource?.effect !== "allow") {
    throw isCustom ? customRefusal(own) : callerRefusal(exchange, own);
  }
  if (method.authorizationType !== "AWS_IAM") exchange.authorizer = decision.context;
  exchange.usageIdentifierKey = decision.usageIdentifierKey;
  exchange.note = { summary: whyAllowed(own, resource), output: decision.context };
  exchange.trace?.log("Successfully completed authorizer execution");
}

function whyAllowed(own: PolicyVerdict | null, resource: PolicyVerdict | null): string {
  if (own?.effect === "allow") return `allowed by statement ${own.statement}`;
  if (resource?.effect === "allow") return `allowed by the resource policy's statement ${resource.statement}`;
  return "the token is valid";
}

/** Whether a caller that was let in may do something else: some policy must say so, and none may deny it. */
export function isAllowed(
  exchange: Exchange,
  { action, own, resource }: { action: string; own: IamPolicy | null; resource: IamPolicy | null },
): boolean {
  const effects = [own, resource].map((policy) => policy && ask(policy, exchange, action).effect);
  return effects.includes("allow") && !effects.includes("deny");
}

function ask(policy: IamPolicy, exchange: Exchange, action = "execute-api:Invoke"): PolicyVerdict {
  const { caller } = exchange;
  const request: PolicyRequest = {
    action,
    resource: methodArnOf(exchange),
    principals: caller ? [caller.userArn, caller.accountId] : null,
    keys: requestKeys(exchange),
  };
  const verdict = policy.evaluate(request);
  for (const note of verdict.notes) exchange.trace?.log(`Policy ${note}`);
  return verdict;
}

/** A Lambda authorizer's policy refuses. */
function customRefusal(verdict: PolicyVerdict): GatewayError {
  const publicMessage =
    verdict.effect === "deny"
      ? "User is not authorized to access this resource with an explicit deny"
      : "User is not authorized to access this resource";
  return new GatewayError("ACCESS_DENIED", { publicMessage, logLine: why(publicMessage, verdict) });
}

function callerRefusal(exchange: Exchange, verdict: PolicyVerdict): GatewayError {
  const who = exchange.caller?.userArn ?? "anonymous";
  const explicit = verdict.effect === "deny" ? " with an explicit deny" : "";
  const publicMessage = `User: ${who} is not authorized to perform: execute-api:Invoke on resource: ${methodArnOf(exchange)}${explicit}`;
  return new GatewayError("ACCESS_DENIED", { publicMessage, logLine: why(publicMessage, verdict) });
}

function resourceRefusal(exchange: Exchange, verdict: PolicyVerdict): GatewayError {
  return callerRefusal(exchange, verdict);
}

function why(message: string, { statement, notes }: PolicyVerdict): string {
  const details = [...(statement === null ? [] : [`statement ${statement}`]), ...notes];
  return details.length === 0 ? message : `${message} (${details.join("; ")})`;
}
