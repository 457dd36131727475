"use client";
import { ROLES, type Role } from "@/server/domain/permissions";
import { Field } from "../ui/field";
import { Select } from "../ui/select";
import { ROLE_WORDS } from "./role-words";

/** Chooses a role, and says what it may do. */
export function RoleField({ role, onChange }: { role: Role; onChange: (role: Role) => void }) {
  return (
    <Field label="Role" help={ROLE_WORDS[role]}>
      <Select
        value={role}
        onValueChange={(next) => onChange(next as Role)}
        options={ROLES.map((one) => ({ value: one, label: one }))}
      />
    </Field>
  );
}
