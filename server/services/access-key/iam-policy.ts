import { ServiceError } from "@/server/domain/errors";

/** An IAM policy document as JSON. What its statements mean is decided where a request is authorized. */
export type IamPolicy = Readonly<Record<string, unknown>>;

const MAX_CHARACTERS = 10_240;

/** The policy, or null for none. INVALID unless it is an object with statements. */
export function requirePolicy(policy: IamPolicy | null | undefined): IamPolicy | null {
  if (policy === null || policy === undefined) return null;
  const statements = [policy.Statement].flat();
  const isPolicy = statements.length > 0 && statements.every(isStatement);
  if (isPolicy && JSON.stringify(policy).length <= MAX_CHARACTERS) return policy;
  throw new ServiceError(
    "INVALID",
    isPolicy
      ? `A policy has at most ${MAX_CHARACTERS} characters`
      : 'A policy needs a "Statement" whose entries have an "Effect" of Allow or Deny',
    { fieldPath: "policy" },
  );
}

function isStatement(statement: unknown): boolean {
  const { Effect } = (statement ?? {}) as { Effect?: unknown };
  return Effect === "Allow" || Effect === "Deny";
}
