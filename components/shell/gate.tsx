"use client";
import { Lock } from "lucide-react";
import type { ReactNode } from "react";
import { PERMISSIONS, type Permission } from "@/server/domain/permissions";
import { NoPermission } from "../ui/state/no-permission";
import { useSession, whoCan } from "./session";

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

/** Shows the screen only to roles that may see it; others read who can. */
export function Gate({ permission, children }: { permission: Permission; children: ReactNode }) {
  const { data } = useSession();
  if (data && !data.permissions.includes(permission))
    return <NoPermission what={lowerFirst(PERMISSIONS[permission])} who={whoCan(permission)} />;
  return children;
}

/** Above settings that a role sees but cannot change: why, and who can. */
export function ReadOnlyNote({ permission }: { permission: Permission }) {
  const { data } = useSession();
  if (!data || data.permissions.includes(permission)) return null;
  return (
    <p className="flex items-start gap-2 text-muted">
      <Lock className="mt-0.5 size-4 shrink-0 text-faint" />
      Your role, {data.role}, can look at these settings. {whoCan(permission)} can change them.
    </p>
  );
}
