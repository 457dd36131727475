import { database } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import { requireApi } from "@/server/services/api/find-api";
import { authorize } from "@/server/services/authorize";
import { readConfig, type StageRow } from "./find-stage";

/** The stages of an API in the order they were made, with their settings. */
export async function readStages(actor: Actor, input: { apiId: string }): Promise<StageRow[]> {
  authorize(actor, "api:read");
  const api = await requireApi(actor, input.apiId);
  const rows = await database().stage.findMany({
    where: { apiId: api.id },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  return rows.map((row) => ({ ...row, apiName: api.name, config: readConfig(row.config) }));
}
