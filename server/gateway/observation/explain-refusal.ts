import type { GatewayError } from "../errors";
import type { Exchange } from "../exchange";
import type { GatewayResponseType } from "../snapshot/gateway-response";
import { storableText } from "./masked-text";

/** Why the gateway itself answered, and what would have passed. */
export type RefusalExplanation = {
  readonly type: GatewayResponseType;
  readonly why: string;
  readonly wouldPass: string;
};

const MAX_TEXT = 600;

/** What a person needs to know of a refusal: the limit, rule or fault, and what differs in a request that passes. */
export function explainRefusal(exchange: Exchange, error: GatewayError): RefusalExplanation {
  const { why, wouldPass } = explanation(exchange, error);
  return { type: error.type, why: storableText(why, MAX_TEXT), wouldPass: storableText(wouldPass, MAX_TEXT) };
}

function explanation(exchange: Exchange, error: GatewayError): { why: string; wouldPass: string } {
  const { limitRefusal } = exchange;
  if (limitRefusal) {
    const { limit, subject, value, retryAfterMs } = limitRefusal;
    const wait = retryAfterMs === null ? "once the limit allows it" : `${seconds(retryAfterMs)} later`;
    return {
      why: `The ${limit} limit of ${subject} was used up: ${value}.`,
      wouldPass: `The same request ${wait}, or under a higher limit.`,
    };
  }
  const fixed = TEXTS[error.type];
  const cause = error.validationError ?? error.logLine ?? error.publicMessage ?? error.type;
  if (!fixed) return { why: sentence(cause), wouldPass: "The same request once the fault is mended." };
  return typeof fixed === "function" ? fixed(exchange, sentence(cause)) : { why: sentence(cause), ...fixed };
}

type Explain = (exchange: Exchange, cause: string) => { why: string; wouldPass: string };

const TEXTS: Partial<Record<GatewayResponseType, Explain | { wouldPass: string }>> = {
  MISSING_AUTHENTICATION_TOKEN: ({ route, request }, cause) =>
    route
      ? { why: cause, wouldPass: "The same request signed with Signature Version 4." }
      : {
          why: `The deployment has no method for ${request.method} ${request.path}.`,
          wouldPass: "A path and verb the deployment has; a new method has to be deployed first.",
        },
  INVALID_API_KEY: ({ request, runtime }) => ({
    why: request.headers.some((name, at) => at % 2 === 0 && name.toLowerCase() === "x-api-key")
      ? `The API key is unknown, disabled, or in no usage plan of ${runtime.apiName} › ${runtime.stageName}.`
      : "The method requires an API key and none came.",
    wouldPass: `An enabled key of a usage plan that covers ${runtime.apiName} › ${runtime.stageName}, in x-api-key.`,
  }),
  BAD_REQUEST_PARAMETERS: { wouldPass: "The same request with every required parameter." },
  BAD_REQUEST_BODY: { wouldPass: "A body that fits the method's model." },
  UNSUPPORTED_MEDIA_TYPE: {
    wouldPass: "A content type with a mapping template, and gzip, deflate or no coding.",
  },
  REQUEST_TOO_LARGE: { wouldPass: "A smaller body: 10 MB are the quota." },
  UNAUTHORIZED: { wouldPass: "The same request with the identity the authorizer asks for." },
  ACCESS_DENIED: { wouldPass: "A caller whom the policy allows this method." },
  EXPIRED_TOKEN: { wouldPass: "The same request with a token or signature that has not expired." },
  INVALID_SIGNATURE: { wouldPass: "The same request signed anew with the right secret key." },
  INTEGRATION_TIMEOUT: { wouldPass: "A back end that answers within the integration's timeout." },
  INTEGRATION_FAILURE: { wouldPass: "A back end that can be reached and answers in HTTP." },
};

function seconds(ms: number): string {
  return ms < 1_000 ? `${Math.max(1, Math.ceil(ms))} ms` : `${Math.ceil(ms / 1_000)} s`;
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
