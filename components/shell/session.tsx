"use client";
import { useQuery } from "@tanstack/react-query";
import { PERMISSIONS_OF, type Permission, ROLES } from "@/server/domain/permissions";
import { useTRPC } from "../trpc/trpc";

/** Who is signed in; undefined while loading. */
export function useSession() {
  const trpc = useTRPC();
  return useQuery({ ...trpc.session.me.queryOptions(), staleTime: 60_000 });
}

/** Whether the signed-in person may do something. False while the session loads. */
export function useCan(): (permission: Permission) => boolean {
  const { data } = useSession();
  return (permission) => data?.permissions.includes(permission) ?? false;
}

/** "Owner and developer": the roles that may do something, for sentences on refused screens. */
export function whoCan(permission: Permission): string {
  const roles = ROLES.filter((role) => PERMISSIONS_OF[role].has(permission));
  const names = roles.map((role, index) => (index === 0 ? role[0]?.toUpperCase() + role.slice(1) : role));
  return names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)}` : (names[0] ?? "Nobody");
}
