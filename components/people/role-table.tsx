import { Check } from "lucide-react";
import { can, PERMISSIONS, type Permission, ROLES } from "@/server/domain/permissions";
import { Section } from "../ui/section";
import { Table, Td, Th } from "../ui/table";

/** What each role may do: the same table that the server decides by. */
export function RoleTable() {
  return (
    <Section title="What each role may do">
      {/* Relative: hidden words of columns that scroll would make the page as wide as the table. */}
      <div className="relative overflow-x-auto">
        <Table label="Roles and permissions">
          <thead>
            <tr>
              <Th className="left-0 z-20">Permission</Th>
              {ROLES.map((role) => (
                <Th key={role} className="w-24 text-center">
                  {role}
                </Th>
              ))}
            </tr>
          </thead>
          <tbody className="[&>tr:last-child>td]:border-0">
            {(Object.keys(PERMISSIONS) as Permission[]).map((permission) => (
              <tr key={permission}>
                <Td className="sticky left-0 min-w-44 bg-surface">{PERMISSIONS[permission]}</Td>
                {ROLES.map((role) => (
                  <Td key={role} className="text-center">
                    {can(role, permission) ? (
                      <>
                        <Check className="mx-auto size-3.5 text-ok" aria-hidden="true" />
                        <span className="sr-only">may</span>
                      </>
                    ) : (
                      <span className="text-faint">
                        <span aria-hidden="true">–</span>
                        <span className="sr-only">may not</span>
                      </span>
                    )}
                  </Td>
                ))}
              </tr>
            ))}
          </tbody>
        </Table>
      </div>
    </Section>
  );
}
