import { matchesArn, matchesGlob } from "./glob";
import { compileIpRange } from "./ip-range";
import { KNOWN_KEYS, literalInGlob, type PolicyRequest, withVariables } from "./policy-request";

/** Whether a condition holds; "unknown" if it asks for something this gateway does not understand. */
export type Condition = (request: PolicyRequest) => "met" | "unmet" | "unknown";

type Match = (wanted: string, given: string, request: PolicyRequest) => boolean;

/** Positive operators: the request's value must match one of the policy's. */
const MATCHES: Readonly<Record<string, Match>> = {
  StringEquals: (wanted, given, request) => withVariables(wanted, request, (v) => v) === given,
  StringEqualsIgnoreCase: (wanted, given, request) =>
    withVariables(wanted, request, (v) => v)?.toLowerCase() === given.toLowerCase(),
  StringLike: (wanted, given, request) => {
    const pattern = withVariables(wanted, request, literalInGlob);
    return pattern !== null && matchesGlob(pattern, given);
  },
  NumericEquals: (wanted, given) => Number(given) === Number(wanted),
  NumericLessThan: (wanted, given) => Number(given) < Number(wanted),
  NumericLessThanEquals: (wanted, given) => Number(given) <= Number(wanted),
  NumericGreaterThan: (wanted, given) => Number(given) > Number(wanted),
  NumericGreaterThanEquals: (wanted, given) => Number(given) >= Number(wanted),
  DateEquals: (wanted, given) => timeOf(given) === timeOf(wanted),
  DateLessThan: (wanted, given) => timeOf(given) < timeOf(wanted),
  DateLessThanEquals: (wanted, given) => timeOf(given) <= timeOf(wanted),
  DateGreaterThan: (wanted, given) => timeOf(given) > timeOf(wanted),
  DateGreaterThanEquals: (wanted, given) => timeOf(given) >= timeOf(wanted),
  Bool: (wanted, given) => wanted.toLowerCase() === given.toLowerCase(),
  IpAddress: (wanted, given) => compileIpRange(wanted)?.(given) ?? false,
  ArnLike: (wanted, given) => matchesArn(wanted, given),
};
const ALIASES: Readonly<Record<string, string>> = { ArnEquals: "ArnLike" };

/** Negative operators: no value may match; an absent key meets them, as on AWS. */
const NEGATIONS: Readonly<Record<string, string>> = {
  StringNotEquals: "StringEquals",
  StringNotEqualsIgnoreCase: "StringEqualsIgnoreCase",
  StringNotLike: "StringLike",
  NumericNotEquals: "NumericEquals",
  DateNotEquals: "DateEquals",
  NotIpAddress: "IpAddress",
  ArnNotEquals: "ArnLike",
  ArnNotLike: "ArnLike",
};

/** ISO 8601 or seconds since 1970, in ms. */
function timeOf(text: string): number {
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text);
}

const UNKNOWN: Condition = () => "unknown";

/**
 * Compiles one line of a Condition block (IAM reference, condition operators): `IfExists`, `Null`, `ForAllValues:` and
 * `ForAnyValue:` are understood; every key here has one value at most.
 */
export function compileCondition(operator: string, key: string, values: readonly string[]): Condition {
  const name = key.toLowerCase();
  const [, set = "", bare = "", ifExists] =
    /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(operator) ?? [];
  if (!KNOWN_KEYS.has(name)) return UNKNOWN;
  if (bare === "Null" && set === "") return nullCondition(name, values);
  const negated = Object.hasOwn(NEGATIONS, bare) ? NEGATIONS[bare] : undefined;
  const positive = negated ?? (Object.hasOwn(ALIASES, bare) ? (ALIASES[bare] as string) : bare);
  const match = Object.hasOwn(MATCHES, positive) ? MATCHES[positive] : undefined;
  if (!match || !values.every((value) => isReadable(positive, value))) return UNKNOWN;
  const whenAbsent =
    ifExists !== undefined || set === "ForAllValues" || (negated !== undefined && set === "");
  const isText = positive.startsWith("String");
  return (request) => {
    const given = request.keys.get(name);
    if (given === undefined) return whenAbsent ? "met" : "unmet";
    if (isText && values.some((wanted) => withVariables(wanted, request, variableIn(positive)) === null))
      return "unknown";
    const isMatch = values.some((wanted) => match(wanted, given, request));
    return isMatch === (negated === undefined) ? "met" : "unmet";
  };
}

/** A pattern takes no value with wildcards of its own. */
function variableIn(operator: string): (value: string) => string | null {
  return operator === "StringLike" ? literalInGlob : (value) => value;
}

function nullCondition(name: string, values: readonly string[]): Condition {
  if (values.length !== 1 || !/^(true|false)$/i.test(values[0] as string)) return UNKNOWN;
  const mustBeAbsent = values[0]?.toLowerCase() === "true";
  return ({ keys }) => (keys.has(name) === mustBeAbsent ? "unmet" : "met");
}

/** A value of the wrong kind (an address that is none) would silently never match: a Deny must not be lost that way. */
function isReadable(operator: string, value: string): boolean {
  if (operator === "IpAddress") return compileIpRange(value) !== null;
  if (operator.startsWith("Numeric")) return value.trim() !== "" && !Number.isNaN(Number(value));
  if (operator.startsWith("Date")) return !Number.isNaN(timeOf(value));
  return true;
}
