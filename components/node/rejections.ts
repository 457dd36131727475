/** A deployment that a node refused; it goes on serving what it had, and without a canary that it refused. */
export type Rejection = {
  subject: string;
  reason: string;
  apiId: string | null;
  deploymentId: string | null;
  isCanary: boolean;
};

/** Tells a node's refusals apart: of one stage its workers may refuse several deployments. */
export const rejectionKey = (rejection: Rejection) => JSON.stringify(Object.values(rejection));

/** Reads what nodes report: a list of objects with at least a stage and a reason. */
export function rejectionsOf(value: unknown): Rejection[] {
  if (!Array.isArray(value)) return [];
  return value.map((item) => {
    const { apiId, stageName, deploymentId, isCanary, reason } = (item ?? {}) as Record<string, unknown>;
    return {
      subject: String(stageName ?? ""),
      reason: typeof reason === "string" ? reason : JSON.stringify(item),
      apiId: typeof apiId === "string" ? apiId : null,
      deploymentId: typeof deploymentId === "string" ? deploymentId : null,
      isCanary: isCanary === true,
    };
  });
}
