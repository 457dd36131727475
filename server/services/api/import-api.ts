import type { Actor } from "@/server/domain/actor";
import type { ReportEntry } from "@/server/domain/openapi/import/report";
import { authorize } from "@/server/services/authorize";
import { newId } from "@/server/services/new-id";
import { write } from "@/server/services/write";
import { applyToDraft } from "./apply-to-draft";
import { insertApi } from "./create-api";
import { lockApi } from "./find-api";
import { type ImportMode, importEdit } from "./import-edit";
import { type ImportSource, readSource } from "./read-source";
import { requireRevision } from "./require-revision";

type Input = ImportSource & {
  /** The draft to import into; absent makes a new API. With `revision`, CONFLICT if the draft moved on. */
  target?: { apiId: string; mode: ImportMode; revision?: number };
};

/** Imports an OpenAPI document as a new API, or into a draft as one edit that undo takes back. All or nothing. */
export async function importApi(
  actor: Actor,
  input: Input,
): Promise<{ apiId: string; revision: number; report: ReportEntry[] }> {
  authorize(actor, "api:write");
  const { target, ...source } = input;
  const { filename } = source;
  // References between models hold the API's id.
  const newApiId = newId(10);
  const { definition, report } = readSource({ ...source, apiId: target?.apiId ?? newApiId });
  return write(actor, async (tx, emit) => {
    if (!target) {
      const apiId = await insertApi(tx, actor, { definition, id: newApiId });
      await emit({
        type: "api.imported",
        subject: definition.name,
        detail: { apiId, filename, revision: 1 },
      });
      return { apiId, revision: 1, report };
    }
    const api = await lockApi(tx, actor, target.apiId);
    if (target.revision !== undefined) requireRevision(api, target.revision);
    const edits = [importEdit(definition, target.mode, filename)];
    const { revision } = await applyToDraft(tx, actor, { api, edits });
    await emit({
      type: "api.imported",
      subject: api.name,
      detail: { apiId: api.id, filename, mode: target.mode, revision },
    });
    return { apiId: api.id, revision, report };
  });
}
