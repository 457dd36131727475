import type { Transaction } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import { type ApiDefinition, emptyDefinition } from "@/server/domain/definition";
import { applyEdits } from "@/server/domain/edits/apply-edits";
import { authorize } from "@/server/services/authorize";
import { newId } from "@/server/services/new-id";
import { write } from "@/server/services/write";
import { draftColumns } from "./save-definition";

/**
 * Makes an API with an empty definition: the root resource and nothing on it. `settings` are the changes of the edit
 * update-api; `definition` is used instead of the empty one (a clone of another API).
 */
export async function createApi(
  actor: Actor,
  input: { name: string; description?: string; settings?: object; definition?: ApiDefinition },
): Promise<{ apiId: string; revision: number }> {
  authorize(actor, "api:write");
  const { name, description } = input;
  const changes = { name, ...(description === undefined ? {} : { description }), ...input.settings };
  const { definition } = applyEdits(
    input.definition ?? emptyDefinition({ name, description, rootId: newId(10) }),
    [{ name: "update-api", input: { changes } }],
  );
  return write(actor, async (tx, emit) => {
    const apiId = await insertApi(tx, actor, { definition });
    await emit({ type: "api.created", subject: definition.name, detail: { apiId } });
    return { apiId, revision: 1 };
  });
}

/** Stores a new API whose draft is `definition`, as revision 1. */
export async function insertApi(
  tx: Transaction,
  actor: Actor,
  { definition, id = newId(10) }: { definition: ApiDefinition; id?: string },
): Promise<string> {
  await tx.api.create({
    data: { id, workspaceId: actor.workspaceId, ...draftColumns(definition) },
    select: { id: true },
  });
  return id;
}
