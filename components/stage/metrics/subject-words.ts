import type { Answers } from "../../trpc/trpc";

type Row = Pick<Answers["metric"]["topKeys"]["keys"][number], "keyId" | "keyName" | "planId" | "planName">;

export const keyWords = ({ keyId, keyName }: Pick<Row, "keyId" | "keyName">) =>
  keyId === "" ? "other keys" : (keyName ?? `${keyId} (deleted)`);
export const planWords = ({ planId, planName }: Pick<Row, "planId" | "planName">) =>
  planId === "" ? "–" : (planName ?? `${planId} (deleted)`);

/** Null: deleted. Undefined: not known yet, or not for who asks. */
export type Name = string | null | undefined;

/** The names of a key and a plan, as far as the list of the busiest keys has them; undefined otherwise. */
export function namesIn(
  rows: readonly Row[],
  { keyId, planId }: { keyId?: string; planId?: string },
): { keyName: Name; planName: Name } {
  return {
    keyName: rows.find((row) => row.keyId === keyId)?.keyName,
    planName: rows.find((row) => row.planId === planId)?.planName,
  };
}

/** The key and plan that the charts are of: `Mobile in Basic`; null when they are of all requests. */
export function subjectWords(
  { keyId, planId }: { keyId?: string; planId?: string },
  { keyName, planName }: { keyName: Name; planName: Name },
): string | null {
  const plan = planId && (planName === undefined ? "a plan" : planWords({ planId, planName }));
  if (keyId === undefined) {
    if (planId === undefined) return null;
    return plan ? `all of ${plan}` : "other keys";
  }
  const key = keyId !== "" && keyName === undefined ? "a key" : keyWords({ keyId, keyName: keyName ?? null });
  return plan ? `${key} in ${plan}` : key;
}
