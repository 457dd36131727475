import { ServiceError } from "@/server/domain/errors";

/** Throws CONFLICT with the current revision when the caller worked on another one. */
export function requireRevision(api: { revision: number }, revision: number): void {
  if (api.revision === revision) return;
  throw new ServiceError("CONFLICT", "Somebody else changed this API in the meantime", {
    fieldPath: "revision",
    details: { revision: api.revision },
  });
}
