/**
 * The pattern of a parameter's location, e.g. `method.request.querystring.page` for prefix `method.request`.
 * Names match `^[a-zA-Z0-9._$-]+$` (Amazon API Gateway developer guide, request parameter mapping).
 */
export function parameterLocationPattern(prefix: "method.request" | "integration.request"): RegExp {
  return new RegExp(`^${prefix.replace(".", "\\.")}\\.(path|querystring|header)\\.[\\w.$-]+$`);
}
