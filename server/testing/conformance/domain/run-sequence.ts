import { EditError } from "@/server/domain/errors";
import { ImportError } from "@/server/domain/openapi/import/import-error";
import { DomainApi } from "./domain-api";
import { type MaskBindings, maskedDifference } from "./masked-difference";
import { fillReferences, type SequenceCase, type SequenceStep } from "./sequence-case";

const CODES: Readonly<Record<string, string>> = {
  NOT_FOUND: "NotFoundException",
  CONFLICT: "ConflictException",
};
const STATUS: Readonly<Record<string, number>> = { NotFoundException: 404, ConflictException: 409 };

export type SequenceResult = {
  /** Steps whose answer was compared with a recorded one. */
  checked: number;
  differences: string[];
  /** Operations that are not the domain's: they need storage, a stage or traffic. */
  skipped: string[];
};

/** Plays a case against the domain's functions. */
export function runSequence({ steps }: SequenceCase): SequenceResult {
  const api = new DomainApi();
  const answers = new Map<string, unknown>();
  const bindings: MaskBindings = new Map();
  const result: SequenceResult = { checked: 0, differences: [], skipped: [] };
  for (const step of steps) {
    const params = fillReferences(step.params ?? {}, answers) as Record<string, unknown>;
    let answer: { status: number; body?: unknown; error?: { code: string; message: string } } | null;
    try {
      answer = api.call(step.op, params);
    } catch (error) {
      answer = errorAnswer(error);
    }
    if (answer === null) {
      if (step.expect) result.skipped.push(`${step.id} ${step.op}`);
      continue;
    }
    answers.set(step.id, answer.body);
    if (!step.expect) {
      if (answer.error) result.differences.push(`${step.id} ${step.op}: ${answer.error.message}`);
      continue;
    }
    result.checked++;
    const found = stepDifference(step, answer, bindings);
    if (found) result.differences.push(`${step.id} ${step.op} ${found}`);
  }
  return result;
}

function errorAnswer(error: unknown) {
  const isDomain = error instanceof EditError || error instanceof ImportError;
  const code = (isDomain && CODES[error.code]) || "BadRequestException";
  return { status: STATUS[code] ?? 400, error: { code, message: (error as Error).message } };
}

function stepDifference(
  { expect }: SequenceStep,
  answer: { status: number; body?: unknown; error?: unknown },
  bindings: MaskBindings,
): string | null {
  if (expect?.status !== undefined && expect.status !== answer.status)
    return `status ${answer.status} instead of ${expect.status} ${JSON.stringify(answer.error ?? "")}`;
  if (expect?.error) return maskedDifference(answer.error, expect.error, bindings, "error");
  return expect?.body === undefined ? null : maskedDifference(answer.body, expect.body, bindings);
}
