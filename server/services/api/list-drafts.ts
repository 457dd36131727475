import { database } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import type { ApiDefinition } from "@/server/domain/definition";
import { authorize } from "@/server/services/authorize";

export type ApiHead = {
  id: string;
  createdAt: Date;
  /** With all its settings and, of its resources, the root only: a list needs no more. */
  definition: ApiDefinition;
};

/** The workspace's APIs in the order they were made. */
export async function listDrafts(actor: Actor): Promise<ApiHead[]> {
  authorize(actor, "api:read");
  const rows = await database().$queryRaw<{ id: string; createdAt: Date; definition: unknown }[]>`
    select id, "createdAt",
      (definition - 'models' - 'requestValidators' - 'authorizers' - 'gatewayResponses' - 'documentationParts')
      || jsonb_build_object('resources', (
        select coalesce(jsonb_object_agg(resource.key, resource.value), '{}'::jsonb)
        from jsonb_each(definition->'resources') as resource where resource.value->>'parentId' is null
      )) as definition
    from "Api"
    where "workspaceId" = ${actor.workspaceId} and "deletedAt" is null
    order by "createdAt", id`;
  return rows.map((row) => ({ ...row, definition: row.definition as ApiDefinition }));
}
