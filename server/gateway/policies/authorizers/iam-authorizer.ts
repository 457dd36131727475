import { configurationError, GatewayError } from "../../errors";
import type { Exchange } from "../../exchange";
import type { Ports, SignatureVerdict } from "../../ports";
import { arnPrefixOf } from "../iam/method-arn";
import { compilePolicy, PolicyError } from "../iam/policy";
import type { CompiledAuthorizer, Decision } from "./authorizer";

/** AWS_IAM: a request signed with one of the workspace's access keys; the key's policy says what it may do. */
export const iamAuthorizer: CompiledAuthorizer = {
  id: "AWS_IAM",
  async decide(exchange, ports) {
    const signer = await verifiedSigner(exchange, ports);
    const { accountId } = exchange.runtime;
    exchange.caller = {
      accessKey: signer.accessKeyId,
      userName: signer.name,
      userArn: `arn:aws:iam::${accountId}:user/${signer.name}`,
      accountId,
    };
    return { policy: policyOf(signer.policy, exchange), context: {}, usageIdentifierKey: null };
  },
};

type Verified = Extract<SignatureVerdict, { outcome: "verified" }>;

async function verifiedSigner(exchange: Exchange, ports: Ports): Promise<Verified> {
  const { request, runtime } = exchange;
  const verdict = await ports.signatures.verify({
    workspaceId: runtime.workspaceId,
    ...request.requestLine,
    query: request.rawQuery,
    headers: request.headers,
    async body() {
      // A body is read once: the step that reads it for the integration finds it here.
      exchange.bodyRead ??= await request.body.bytes();
      return exchange.bodyRead;
    },
  });
  if (verdict.outcome === "verified") return verdict;
  throw refusal(verdict.outcome, verdict.message);
}

/** Which gateway response each refusal is; where AWS has no type of its own, the text says what is wrong. */
function refusal(outcome: Exclude<SignatureVerdict["outcome"], "verified">, message: string): GatewayError {
  switch (outcome) {
    case "missing":
      return new GatewayError("MISSING_AUTHENTICATION_TOKEN", { logLine: message });
    case "expired":
      return new GatewayError("INVALID_SIGNATURE", { publicMessage: message, logLine: message });
    case "invalid":
      return new GatewayError("INVALID_SIGNATURE", { publicMessage: message, logLine: message });
    case "unknown-key":
      return new GatewayError("ACCESS_DENIED", {
        publicMessage: message,
        errorTypeHeader: "UnrecognizedClientException",
        logLine: message,
      });
    case "incomplete":
      return new GatewayError("INVALID_SIGNATURE", {
        publicMessage: message,
        errorTypeHeader: "IncompleteSignatureException",
        logLine: message,
      });
  }
}

/** A key without a policy is silent: only a resource policy can let it in. */
function policyOf(document: unknown, { runtime }: Exchange): Decision["policy"] {
  if (document === null || document === undefined) return SILENT;
  try {
    return compilePolicy(document, { hasPrincipals: false, arnPrefix: arnPrefixOf(runtime) });
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    throw configurationError(`the access key's policy cannot be read: ${error.message}`);
  }
}

const SILENT: NonNullable<Decision["policy"]> = {
  evaluate: () => ({ effect: "silent", statement: null, notes: [] }),
};
