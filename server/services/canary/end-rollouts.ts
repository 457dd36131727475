import type { Transaction } from "@/server/db/client";

/** Ends what runs on a stage, because somebody has decided. Returns how many did. */
export async function endRollouts(
  tx: Transaction,
  stageId: string,
  { status, reason, now }: { status: "promoted" | "aborted" | "ended"; reason: string; now: Date },
): Promise<number> {
  const { count } = await tx.canaryRollout.updateMany({
    where: { stageId, status: { in: ["running", "passed"] } },
    data: { status, reason, endedAt: now },
  });
  return count;
}
