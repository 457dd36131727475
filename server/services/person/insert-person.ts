import { hashPassword } from "better-auth/crypto";
import type { Transaction } from "@/server/db/client";
import { isUniqueViolation } from "@/server/db/transaction";
import { ServiceError } from "@/server/domain/errors";
import type { Role } from "@/server/domain/permissions";
import { newId } from "@/server/services/new-id";

export type NewPerson = {
  workspaceId: string;
  name: string;
  email: string;
  passwordHash: string;
  role: Role;
};

/** The hash that sign-in checks a password against. It takes a while: make it outside of the transaction. */
export const passwordHashOf = hashPassword;

/** Stores a user who signs in with a password, and their membership. CONFLICT if the e-mail address is taken. */
export async function insertPerson(tx: Transaction, person: NewPerson): Promise<string> {
  const id = newId(20);
  const email = person.email.trim().toLowerCase();
  await tx.user
    .create({
      data: {
        id,
        name: person.name,
        email,
        emailVerified: true,
        accounts: {
          create: { id: newId(20), accountId: id, providerId: "credential", password: person.passwordHash },
        },
        memberships: { create: { workspaceId: person.workspaceId, role: person.role } },
      },
      select: { id: true },
    })
    .catch((error) => {
      if (!isUniqueViolation(error)) throw error;
      throw new ServiceError("CONFLICT", `${email} is in use already`, { fieldPath: "email" });
    });
  return id;
}
