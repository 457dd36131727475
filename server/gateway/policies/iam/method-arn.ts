import type { Exchange } from "../../exchange";

/**
 * `arn:aws:execute-api:{region}:{account}:{apiId}/{stage}/{VERB}/{path}` with the path as it was sent. Slashes at its
 * ends are left out and doubled ones are one, as the router takes them: no spelling of a path escapes a policy for it.
 */
export function methodArnOf({ runtime, request }: Exchange): string {
  const path = request.path.split("/").filter(Boolean).join("/");
  return `${arnPrefixOf(runtime)}/${runtime.stageName}/${request.method}/${path}`;
}

/** The ARN of an API, without a slash at its end. */
export function arnPrefixOf(api: { region: string; accountId: string; apiId: string }): string {
  return `arn:aws:execute-api:${api.region}:${api.accountId}:${api.apiId}`;
}
