import type { Actor } from "@/server/domain/actor";
import { ServiceError } from "@/server/domain/errors";
import { can, type Permission } from "@/server/domain/permissions";

/** Throws FORBIDDEN unless the actor's role has the permission. Every service begins with it. */
export function authorize(actor: Actor, permission: Permission): void {
  if (!can(actor.role, permission)) throw new ServiceError("FORBIDDEN", "Your role does not allow this");
}
