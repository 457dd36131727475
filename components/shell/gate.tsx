"use client";
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
