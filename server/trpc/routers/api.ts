import { z } from "zod";
import { EXPORT_EXTENSIONS } from "@/server/domain/openapi/export/extension-choice";
import { getApiTags, setApiTags } from "@/server/services/api/api-tags";
import { createApi } from "@/server/services/api/create-api";
import { deleteApi, listDeletedApis, restoreApi } from "@/server/services/api/delete-api";
import { editApi } from "@/server/services/api/edit-api";
import { EXPORT_FORMATS, exportApi } from "@/server/services/api/export-api";
import { getApi } from "@/server/services/api/get-api";
import { importApi } from "@/server/services/api/import-api";
import { listApis } from "@/server/services/api/list-apis";
import { listHistory } from "@/server/services/api/list-history";
import { redoEdit, undoEdit } from "@/server/services/api/move-in-history";
import { previewImport } from "@/server/services/api/preview-import";
import { getStageUse } from "@/server/services/stage/stage-use";
import { procedure, router } from "@/server/trpc/trpc";
import { apiInput, descriptionSchema, idSchema, nameSchema, revisionSchema, stageNameSchema } from "./inputs";

const MAX_SOURCE_CHARACTERS = 8_000_000;
const MAX_EDITS = 500;

const sourceInput = z.object({
  source: z.string().min(1, "There is nothing to import").max(MAX_SOURCE_CHARACTERS, "The file is too large"),
  filename: z.string().max(255).optional(),
  basePath: z.enum(["ignore", "prepend", "split"]).optional(),
  failOnWarnings: z.boolean().optional(),
  target: z
    .object({ apiId: idSchema, mode: z.enum(["overwrite", "merge"]), revision: revisionSchema.optional() })
    .optional(),
});
/** A revision, as history hands it out. */
const cursorSchema = z.string().regex(/^\d{1,9}$/, "That is no place in the history");
const moveInput = z.object({ apiId: idSchema, revision: revisionSchema });

export const apiRouter = router({
  list: procedure("api:read").query(({ ctx }) => listApis(ctx.actor)),
  get: procedure("api:read")
    .input(apiInput)
    .query(({ ctx, input }) => getApi(ctx.actor, input)),
  create: procedure("api:write")
    .input(z.object({ name: nameSchema, description: descriptionSchema.optional() }))
    .mutation(({ ctx, input }) => createApi(ctx.actor, input)),
  importPreview: procedure("api:write")
    .input(sourceInput)
    .mutation(({ ctx, input }) => previewImport(ctx.actor, input)),
  import: procedure("api:write")
    .input(sourceInput)
    .mutation(({ ctx, input }) => importApi(ctx.actor, input)),
  export: procedure("api:read")
    .input(
      z.object({
        apiId: idSchema,
        stageName: stageNameSchema.optional(),
        format: z.enum(EXPORT_FORMATS),
        extensions: z.union([z.boolean(), z.array(z.enum(EXPORT_EXTENSIONS)).max(EXPORT_EXTENSIONS.length)]),
        syntax: z.enum(["json", "yaml"]),
      }),
    )
    .query(({ ctx, input }) => exportApi(ctx.actor, input)),
  edit: procedure("api:write")
    .input(
      z.object({
        apiId: idSchema,
        revision: revisionSchema,
        edits: z
          .array(z.object({ name: z.string(), input: z.unknown() }))
          .min(1)
          .max(MAX_EDITS),
      }),
    )
    .mutation(({ ctx, input }) => editApi(ctx.actor, input)),
  undo: procedure("api:write")
    .input(moveInput)
    .mutation(({ ctx, input }) => undoEdit(ctx.actor, input)),
  redo: procedure("api:write")
    .input(moveInput)
    .mutation(({ ctx, input }) => redoEdit(ctx.actor, input)),
  history: procedure("api:read")
    .input(z.object({ apiId: idSchema, cursor: cursorSchema.optional() }))
    .query(({ ctx, input }) => listHistory(ctx.actor, input)),
  tags: procedure("api:read")
    .input(apiInput)
    .query(({ ctx, input }) => getApiTags(ctx.actor, input)),
  setTags: procedure("api:write")
    .input(apiInput.extend({ tags: z.record(z.string(), z.string()) }))
    .mutation(({ ctx, input }) => setApiTags(ctx.actor, input)),
  use: procedure("api:read")
    .input(apiInput)
    .query(({ ctx, input }) => getStageUse(ctx.actor, input)),
  delete: procedure("api:delete")
    .input(apiInput.extend({ force: z.boolean().optional() }))
    .mutation(({ ctx, input }) => deleteApi(ctx.actor, input)),
  restore: procedure("api:delete")
    .input(apiInput)
    .mutation(({ ctx, input }) => restoreApi(ctx.actor, input)),
  deleted: procedure("api:read").query(({ ctx }) => listDeletedApis(ctx.actor)),
});
