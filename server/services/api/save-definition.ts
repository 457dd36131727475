import type { Transaction } from "@/server/db/client";
import { type StoredJson, storableJson } from "@/server/db/json";
import type { ApiDefinition } from "@/server/domain/definition";
import { ServiceError } from "@/server/domain/errors";
import { hashDefinition } from "@/server/domain/hash-definition";

/** Far above any real API; it keeps one document from filling memory and database. */
const MAX_DEFINITION_CHARACTERS = 16_000_000;

export type DraftColumns = {
  name: string;
  description: string;
  definition: StoredJson;
  definitionHash: string;
};

/** A definition as the columns of its API. Throws INVALID or LIMIT for one that cannot be kept. */
export function draftColumns(definition: ApiDefinition): DraftColumns {
  if (JSON.stringify(definition).length > MAX_DEFINITION_CHARACTERS) {
    throw new ServiceError("LIMIT", "The definition is too large (16 MB at most)");
  }
  return {
    name: definition.name,
    description: definition.description,
    definition: requireStorable(definition),
    definitionHash: hashDefinition(definition),
  };
}

/** Stores the next revision of a draft. The caller holds the lock on the API. */
export async function saveDefinition(
  tx: Transaction,
  api: { id: string; revision: number },
  definition: ApiDefinition,
): Promise<{ revision: number; draftHash: string }> {
  const columns = draftColumns(definition);
  const revision = api.revision + 1;
  await tx.api.update({ where: { id: api.id }, data: { ...columns, revision }, select: { id: true } });
  return { revision, draftHash: columns.definitionHash };
}

/** A value as JSON for the database; INVALID if it holds characters that the database refuses. */
export function requireStorable(value: unknown): StoredJson {
  const json = storableJson(value);
  if (json === null) {
    throw new ServiceError(
      "INVALID",
      "The text holds a character that cannot be stored (NUL or half of a surrogate pair)",
    );
  }
  return json;
}
