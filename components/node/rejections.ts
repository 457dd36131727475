/** A snapshot that a node refused; it goes on serving what it had. */
export type Rejection = { subject: string; reason: string };

/** Reads what nodes report: a list of objects with at least a subject and a reason, in either of their names. */
export function rejectionsOf(value: unknown): Rejection[] {
  if (!Array.isArray(value)) return [];
  return value.map((item) => {
    if (typeof item !== "object" || item === null) return { subject: "", reason: String(item) };
    const { subject, stage, reason, message } = item as Record<string, unknown>;
    return {
      subject: String(subject ?? stage ?? ""),
      reason: String(reason ?? message ?? JSON.stringify(item)),
    };
  });
}
