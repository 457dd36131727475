import { type ApiInput, type Handlers, handler } from "@/server/aws/call";
import { editDraft } from "@/server/aws/draft";
import { badRequest } from "@/server/aws/protocol/aws-error";
import { ServiceError } from "@/server/domain/errors";
import { readSource } from "@/server/services/api/read-source";

type ImportInput = ApiInput & { mode?: "merge" | "overwrite"; failonwarnings?: boolean; body: string };

export const documentationImportHandlers: Handlers = {
  ImportDocumentationParts: handler<ImportInput>(async (call) => {
    const { mode = "merge", failonwarnings, body } = call.input;
    const parts = documentationOf(body, failonwarnings);
    const places = new Set(parts.map(({ location }) => JSON.stringify(location)));
    const { definition } = await editDraft(call, () => [
      { name: "import-documentation-parts", input: { parts, mode } },
    ]);
    const imported = definition.documentationParts.filter(({ location }) =>
      places.has(JSON.stringify(location)),
    );
    return { ids: imported.map(({ id }) => id), warnings: [] };
  }),
};

function documentationOf(source: string, failOnWarnings: boolean | undefined) {
  try {
    return readSource({ source, failOnWarnings, asAws: true }).definition.documentationParts;
  } catch (error) {
    if (!(error instanceof ServiceError) || error.fieldPath !== "source") throw error;
    throw badRequest("Unable to build importer with provided input.");
  }
}
