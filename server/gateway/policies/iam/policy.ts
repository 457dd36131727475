import { type Condition, compileCondition } from "./condition";
import { matchesGlob } from "./glob";
import { literalInGlob, type PolicyRequest, withVariables } from "./policy-request";

export type PolicyVerdict = {
  /** "silent": no statement applies. */
  readonly effect: "allow" | "deny" | "silent";
  /** The statement that decided: its Sid, or its number from 1. */
  readonly statement: string | null;
  /** Statements that could not be understood, for the log. */
  readonly notes: readonly string[];
};

/** A compiled policy document. */
export type Policy = { evaluate(request: PolicyRequest): PolicyVerdict };

/** A document that is no policy. */
export class PolicyError extends Error {
  override readonly name = "PolicyError";
}

type Matcher = (request: PolicyRequest) => boolean;

type Statement = {
  readonly label: string;
  readonly isAllow: boolean;
  readonly action: Matcher;
  readonly resource: Matcher;
  readonly principal: Matcher;
  readonly conditions: readonly { readonly named: string; readonly holds: Condition }[];
};

export type PolicyKind = {
  /** Resource policies say whom they are about; policies of a caller or an authorizer do not. */
  readonly hasPrincipals: boolean;
  /** What stands before the short form `execute-api:/stage/GET/pets` of a resource. */
  readonly arnPrefix: string;
};

/**
 * Compiles an IAM policy document (IAM reference, JSON policy elements): Effect, Action, NotAction, Resource,
 * NotResource, Principal, NotPrincipal, Condition.
 *
 * @throws PolicyError if it is none; elements nobody knows are an error too
 */
export function compilePolicy(document: unknown, kind: PolicyKind): Policy {
  if (!isRecord(document)) throw new PolicyError("a policy is an object");
  const { Statement } = document;
  const given = Array.isArray(Statement) ? Statement : [Statement];
  if (given.length === 0 || Statement === undefined) throw new PolicyError("a policy has statements");
  const statements = given.map((statement, index) => compileStatement(statement, index + 1, kind));
  return { evaluate: (request) => evaluate(statements, request) };
}

/** An explicit Deny wins; a statement that is not understood never allows and, if it is a Deny, denies. */
function evaluate(statements: readonly Statement[], request: PolicyRequest): PolicyVerdict {
  let allowedBy: string | null = null;
  const notes: string[] = [];
  for (const statement of statements) {
    if (!statement.action(request) || !statement.resource(request) || !statement.principal(request)) continue;
    let isMet = true;
    let unknown: string | null = null;
    for (const { named, holds } of statement.conditions) {
      const result = holds(request);
      if (result === "unmet") isMet = false;
      else if (result === "unknown") unknown ??= named;
    }
    if (!isMet) continue;
    if (unknown !== null) notes.push(`statement ${statement.label}: condition ${unknown} is not understood`);
    if (!statement.isAllow) return { effect: "deny", statement: statement.label, notes };
    if (unknown === null) allowedBy ??= statement.label;
  }
  return { effect: allowedBy === null ? "silent" : "allow", statement: allowedBy, notes };
}

const ELEMENTS = new Set([
  "Sid",
  "Effect",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Principal",
  "NotPrincipal",
  "Condition",
]);

function compileStatement(given: unknown, number: number, kind: PolicyKind): Statement {
  if (!isRecord(given)) throw new PolicyError(`statement ${number} is no object`);
  const { Sid, Effect } = given;
  const label = typeof Sid === "string" && Sid !== "" ? Sid : String(number);
  const fail = (reason: string): never => {
    throw new PolicyError(`statement ${label}: ${reason}`);
  };
  const stranger = Object.keys(given).find((name) => !ELEMENTS.has(name));
  if (stranger !== undefined) fail(`${stranger} is no element of a statement`);
  if (Effect !== "Allow" && Effect !== "Deny") fail("Effect is Allow or Deny");
  const action = eitherOf(given, "Action", fail);
  const resource = eitherOf(given, "Resource", fail);
  // A variable without a value matches nothing; what does not match would then be everything.
  if (resource.isNot && resource.values.some((value) => value.includes("${")))
    fail("NotResource takes no variables");
  return {
    label,
    isAllow: Effect === "Allow",
    action: unless(action.isNot, ({ action: asked }) =>
      action.values.some((wanted) => matchesGlob(wanted.toLowerCase(), asked.toLowerCase())),
    ),
    resource: unless(resource.isNot, (request) =>
      resource.values.some((wanted) => matchesResource(wanted, request, kind.arnPrefix)),
    ),
    principal: kind.hasPrincipals ? principalOf(given, fail) : () => true,
    conditions: conditionsOf(given.Condition, fail),
  };
}

function unless(isNot: boolean, matcher: Matcher): Matcher {
  return isNot ? (request) => !matcher(request) : matcher;
}

type Fail = (reason: string) => never;

/** `Action` or `NotAction`, one of the two. */
function eitherOf(
  given: Record<string, unknown>,
  name: "Action" | "Resource",
  fail: Fail,
): { isNot: boolean; values: string[] } {
  const isNot = given[name] === undefined;
  const value = isNot ? given[`Not${name}`] : given[name];
  if (!isNot && given[`Not${name}`] !== undefined) fail(`${name} and Not${name} exclude each other`);
  return { isNot, values: textsOf(value) ?? fail(`${name} is a text or a list of texts`) };
}

function matchesResource(wanted: string, request: PolicyRequest, arnPrefix: string): boolean {
  const pattern = withVariables(wanted, request, literalInGlob);
  if (pattern === null) return false;
  const whole = pattern.startsWith("execute-api:/")
    ? arnPrefix + pattern.slice("execute-api:".length)
    : pattern;
  return matchesGlob(whole, request.resource);
}

function principalOf(given: Record<string, unknown>, fail: Fail): Matcher {
  const isNot = given.Principal === undefined;
  const value = isNot ? given.NotPrincipal : given.Principal;
  const named = value === "*" ? ["*"] : isRecord(value) ? namedPrincipals(value, fail) : null;
  if (named === null) return fail("Principal is missing");
  if (named.includes("*")) return () => !isNot;
  return unless(
    isNot,
    ({ principals }) =>
      principals?.some((one) => named.some((wanted) => samePrincipal(wanted, one))) ?? false,
  );
}

/** Only `AWS` can name a caller here; services, federations and canonical users never call. */
function namedPrincipals(value: Record<string, unknown>, fail: Fail): string[] {
  const named: string[] = [];
  for (const [type, names] of Object.entries(value)) {
    if (!/^(AWS|Service|Federated|CanonicalUser)$/.test(type)) fail(`Principal ${type} is not understood`);
    const texts = textsOf(names) ?? fail(`Principal ${type} is a text or a list of texts`);
    if (type === "AWS") named.push(...texts);
  }
  return named;
}

/** An account id and its root ARN mean the same. */
function samePrincipal(wanted: string, given: string): boolean {
  return wanted === given || /^arn:[\w-]+:iam::(\d{12}):root$/.exec(wanted)?.[1] === given;
}

function conditionsOf(given: unknown, fail: Fail): Statement["conditions"] {
  if (given === undefined) return [];
  if (!isRecord(given)) return fail("Condition is no object");
  return Object.entries(given).flatMap(([operator, keys]) => {
    if (!isRecord(keys)) return fail(`Condition ${operator} is no object`);
    return Object.entries(keys).map(([key, value]) => {
      const values = textsOf(value) ?? fail(`Condition ${operator} ${key} is a value or a list of values`);
      return { named: `${operator} ${key}`, holds: compileCondition(operator, key, values) };
    });
  });
}

/** A text, number or boolean, or a list of them, as texts. */
function textsOf(value: unknown): string[] | null {
  const list = Array.isArray(value) ? value : [value];
  const isFine = list.every((one) => ["string", "number", "boolean"].includes(typeof one));
  return isFine ? list.map(String) : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
