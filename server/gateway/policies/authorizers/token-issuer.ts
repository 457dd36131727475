import type { TokenIssuer } from "../../ports";

export type KnownIssuer = TokenIssuer & {
  /** Cognito's tokens always say what they are for (`token_use`). */
  readonly isCognito: boolean;
};

/**
 * Who issues the tokens of a provider: a Cognito user pool by its ARN, or any OpenID Connect issuer by its URL.
 * Null if it is neither.
 */
export function tokenIssuerOf(provider: string): KnownIssuer | null {
  const pool = /^arn:[\w-]+:cognito-idp:([\w-]+):\d*:userpool\/([\w-]+)$/.exec(provider.trim());
  if (pool) {
    const issuer = `https://cognito-idp.${pool[1]}.amazonaws.com/${pool[2]}`;
    return { issuer, jwksUrl: `${issuer}/.well-known/jwks.json`, isCognito: true };
  }
  const url = provider.trim();
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) return null;
  return { issuer: url, jwksUrl: null, isCognito: false };
}
