import type { Actor } from "@/server/domain/actor";
import { type ApiDefinition, resourcePath } from "@/server/domain/definition";
import { diffDefinitions } from "@/server/domain/diff/diff-definitions";
import type { DiffEntry } from "@/server/domain/diff/diff-entry";
import { applyEdits } from "@/server/domain/edits/apply-edits";
import type { ReportEntry } from "@/server/domain/openapi/import/report";
import { authorize } from "@/server/services/authorize";
import { findApi } from "./find-api";
import { type ImportMode, importEdit } from "./import-edit";
import { type ImportSource, readSource } from "./read-source";

export type ImportPreview = {
  /** `3.0.1`, `2.0`. */
  sourceVersion: string;
  summary: {
    name: string;
    description: string;
    version: string;
    resources: { path: string; methods: string[] }[];
    models: string[];
    authorizers: string[];
    resourceCount: number;
    methodCount: number;
  };
  report: ReportEntry[];
  /** With a target: what would change in its draft. */
  changes: DiffEntry[] | null;
  /** With a target: the revision that the changes are counted from. */
  revision: number | null;
};

/** What an import would give, without keeping anything. */
export async function previewImport(
  actor: Actor,
  input: ImportSource & { target?: { apiId: string; mode: ImportMode } },
): Promise<ImportPreview> {
  authorize(actor, "api:write");
  const { definition, report, sourceVersion } = readSource(input);
  const preview = { sourceVersion, summary: summaryOf(definition), report };
  if (!input.target) return { ...preview, changes: null, revision: null };
  const api = await findApi(actor, input.target.apiId);
  const edit = importEdit(definition, input.target.mode, input.filename);
  const next = applyEdits(api.definition, [edit]).definition;
  return { ...preview, changes: diffDefinitions(api.definition, next), revision: api.revision };
}

function summaryOf(definition: ApiDefinition): ImportPreview["summary"] {
  const resources = Object.values(definition.resources)
    .map((resource) => ({
      path: resourcePath(definition, resource.id) ?? "/",
      methods: Object.keys(resource.resourceMethods),
    }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  return {
    name: definition.name,
    description: definition.description,
    version: definition.version,
    resources,
    models: Object.keys(definition.models),
    authorizers: Object.values(definition.authorizers).map((authorizer) => authorizer.name),
    resourceCount: resources.length,
    methodCount: resources.reduce((sum, resource) => sum + resource.methods.length, 0),
  };
}
