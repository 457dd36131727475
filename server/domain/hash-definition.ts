import { canonicalJson } from "@/server/toolkit/json-canonical";
import { sha256 } from "@/server/toolkit/sha256";
import type { ApiDefinition } from "./definition";

/** The SHA-256 (hex) of the canonical JSON. Two definitions with the same hash deploy to the same behaviour. */
export function hashDefinition(definition: ApiDefinition): string {
  return sha256(canonicalJson(definition));
}
