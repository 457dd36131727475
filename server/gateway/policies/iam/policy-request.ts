/** What a policy is asked: may this caller do this? */
export type PolicyRequest = {
  /** `execute-api:Invoke`. */
  readonly action: string;
  /** The method's ARN. */
  readonly resource: string;
  /** ARNs and ids by which a resource policy may name the caller; null is an anonymous one. */
  readonly principals: readonly string[] | null;
  /** Condition keys in lower case; a key that is not there was not sent. */
  readonly keys: ReadonlyMap<string, string>;
};

/**
 * Keys that AWS knows and that can be absent from a request here. Others are not understood: a statement that asks
 * for one never allows, and denies if it is a Deny.
 */
export const KNOWN_KEYS: ReadonlySet<string> = new Set([
  "aws:currenttime",
  "aws:epochtime",
  "aws:referer",
  "aws:securetransport",
  "aws:sourcearn",
  "aws:sourceip",
  "aws:sourcevpc",
  "aws:sourcevpce",
  "aws:useragent",
  "aws:vpcsourceip",
  "aws:username",
  "aws:userid",
  "aws:principalarn",
  "aws:principalaccount",
  "aws:principaltype",
]);

const VARIABLE = /\$\{([^}]*)\}/g;

/**
 * Replaces policy variables such as `${aws:username}`; `${*}`, `${?}` and `${$}` are the characters themselves.
 * Null if one of them is not known for this request: then nothing may match. `literal` makes a value safe for the
 * place it is put into.
 */
export function withVariables(
  text: string,
  { keys }: Pick<PolicyRequest, "keys">,
  literal: (value: string) => string | null,
): string | null {
  if (!text.includes("${")) return text;
  let isKnown = true;
  const filled = text.replace(VARIABLE, (_, name: string) => {
    if (name === "*" || name === "?") {
      isKnown = false;
      return "";
    }
    if (name === "$") return "$";
    const value = keys.get(name.trim().toLowerCase());
    const safe = value === undefined ? null : literal(value);
    if (safe === null) isKnown = false;
    return safe ?? "";
  });
  return isKnown ? filled : null;
}

/** A value that may stand in a pattern: none with wildcards of its own. */
export const literalInGlob = (value: string): string | null => (/[*?]/.test(value) ? null : value);
