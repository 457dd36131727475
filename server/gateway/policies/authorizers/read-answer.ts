import { isNestedDeeper } from "@/server/toolkit/json/is-nested-deeper";
import { MAX_JSON_DEPTH } from "../../limits";
import { compilePolicy, PolicyError } from "../iam/policy";
import type { Decision } from "./authorizer";

/** A function's answer that is none of an authorizer; the message says why, for the log. */
export class AnswerError extends Error {
  override readonly name = "AnswerError";
}

/**
 * Reads what a Lambda authorizer returned: `principalId`, `policyDocument`, and if they are there a flat `context`
 * and `usageIdentifierKey`. Context values become texts (developer guide, Lambda authorizer output).
 */
export function readAuthorizerAnswer(text: string, arnPrefix: string): Decision {
  if (isNestedDeeper(text, MAX_JSON_DEPTH)) throw new AnswerError("the answer is nested too deep");
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    throw new AnswerError("the answer is not JSON");
  }
  if (!isRecord(answer)) throw new AnswerError("the answer is no object");
  const { principalId, policyDocument, context, usageIdentifierKey } = answer;
  if (typeof principalId !== "string" || principalId === "")
    throw new AnswerError("principalId is missing or no text");
  const key = usageIdentifierKey ?? null;
  if (key !== null && typeof key !== "string") throw new AnswerError("usageIdentifierKey is no text");
  return {
    policy: policyOf(policyDocument, arnPrefix),
    context: { ...contextOf(context), principalId },
    usageIdentifierKey: key,
  };
}

function policyOf(document: unknown, arnPrefix: string): Decision["policy"] {
  try {
    return compilePolicy(document, { hasPrincipals: false, arnPrefix });
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    throw new AnswerError(`Could not parse policy: ${error.message}`);
  }
}

function contextOf(given: unknown): Record<string, string> {
  if (given === undefined || given === null) return {};
  if (!isRecord(given)) throw new AnswerError("context is no object");
  const context: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(given)) {
    if (value === null) continue;
    if (!["string", "number", "boolean"].includes(typeof value))
      throw new AnswerError(`context "${name}" is no text, number or boolean`);
    context[name] = String(value);
  }
  return context;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
