import { z } from "zod";
import type { ApiDefinition } from "@/server/domain/definition";
import { EditError } from "@/server/domain/errors";
import { documentationPartSchema } from "@/server/gateway/snapshot/api-snapshot";

/**
 * The documentation parts of a draft as they were at one time (AWS's DocumentationVersion). It is kept beside the
 * definition, under the API's id and its own name: neither undo nor a deployment touches it, and a stage names it.
 */
export const documentationVersionSchema = z.strictObject({
  description: z.string().default(""),
  parts: z.array(documentationPartSchema),
});
export type DocumentationVersion = z.infer<typeof documentationVersionSchema>;

/** AWS: letters, digits and these signs. */
const NAME = /^[\w.-]{1,128}$/;

/**
 * The snapshot of the draft's parts.
 *
 * @throws EditError BAD_REQUEST for a name that cannot be, or a draft without documentation
 */
export function makeDocumentationVersion(
  definition: Pick<ApiDefinition, "documentationParts">,
  { version, description = "" }: { version: string; description?: string },
): DocumentationVersion {
  if (!NAME.test(version)) throw new EditError("BAD_REQUEST", "Invalid documentation version specified");
  if (definition.documentationParts.length === 0)
    throw new EditError("BAD_REQUEST", "There is no documentation to make a version of");
  return { description, parts: definition.documentationParts };
}
