import { database, type Transaction } from "@/server/db/client";
import type { StageConfig } from "@/server/gateway/snapshot/stage-config";

/** The variables of a stage; undefined when there is no such stage yet. */
export async function stageVariables(
  { apiId, stageName }: { apiId: string; stageName: string },
  tx: Transaction = database(),
): Promise<Record<string, string> | undefined> {
  const row = await tx.stage.findUnique({
    where: { apiId_name: { apiId, name: stageName } },
    select: { config: true },
  });
  return (row?.config as StageConfig | undefined)?.variables;
}
