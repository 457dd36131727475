import { database } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import { authorize } from "@/server/services/authorize";
import { type StageSummary, stageSummaries } from "./stage-summary";

export type ApiListItem = {
  id: string;
  name: string;
  description: string;
  revision: number;
  draftHash: string;
  updatedAt: Date;
  resourceCount: number;
  methodCount: number;
  stages: StageSummary[];
};

/** The workspace's APIs by name, without their definitions. */
export async function listApis(actor: Actor): Promise<ApiListItem[]> {
  authorize(actor, "api:read");
  const rows = await database().$queryRaw<Omit<ApiListItem, "stages">[]>`
    select id, name, description, revision, "definitionHash" as "draftHash", "updatedAt",
      (select count(*)::int from jsonb_each(definition->'resources')) as "resourceCount",
      (select count(*)::int from jsonb_each(definition->'resources') as resource,
        jsonb_object_keys(resource.value->'resourceMethods')) as "methodCount"
    from "Api"
    where "workspaceId" = ${actor.workspaceId} and "deletedAt" is null
    order by lower(name), id`;
  const stages = await stageSummaries(rows);
  return rows.map((row) => ({ ...row, stages: stages.get(row.id) ?? [] }));
}
