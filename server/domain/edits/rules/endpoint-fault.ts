import type { Integration } from "@/server/gateway/snapshot/integration";

const HTTP_URL = /^https?:\/\/[^\s/?#]+/i;
const ARN = /^arn:[\w-]+:apigateway:[^:]*:[^:]+:.+/;
const ARN_TARGET = /^arn:[\w-]+:apigateway:[^:]*:[^:]+:(path|action)\/./;
const ARN_PROXY = /^arn:[\w-]+:apigateway:[^:]*:(?:[^:]*\.)?(lambda|firehose):/;

/** What AWS has against an integration's verb or address, in its recorded words; null when it is fine. */
export function endpointFault(
  integration: Pick<Integration, "type" | "uri" | "httpMethod">,
): { field: "httpMethod" | "uri"; message: string } | null {
  const { type, httpMethod } = integration;
  const uri = integration.uri ?? "";
  if (type === "MOCK") return null;
  if (!httpMethod)
    return { field: "httpMethod", message: "Enumeration value for HttpMethod must be non-empty" };
  if (type === "HTTP" || type === "HTTP_PROXY") {
    return HTTP_URL.test(uri) ? null : { field: "uri", message: "Invalid HTTP endpoint specified for URI" };
  }
  if (!ARN.test(uri)) return { field: "uri", message: "Invalid ARN specified in the request" };
  if (!ARN_TARGET.test(uri)) {
    return { field: "uri", message: "AWS ARN for integration must contain path or action" };
  }
  if (type === "AWS_PROXY" && !ARN_PROXY.test(uri)) {
    return {
      field: "uri",
      message:
        "Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations.",
    };
  }
  return null;
}
