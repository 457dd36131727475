import { describe, expect, it } from "vitest";
import type { Actor } from "@/server/domain/actor";
import { can, PERMISSIONS, type Permission, ROLES } from "@/server/domain/permissions";
import { callProcedure } from "@/server/testing/call-procedure";
import { appRouter } from "./root";
import type { Access } from "./trpc";

/** Who may call what without a permission: whoever adds to these lists decides it here. */
const PUBLIC = ["setup.status", "setup.createOwner"];
const MEMBER = ["session.me"];

type Procedure = { _def: { meta?: { access?: Access } } };
const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, Procedure>).map(
  ([path, procedure]) => ({ path, access: procedure._def.meta?.access }),
);
const withPermission = procedures.filter(({ access }) => access !== undefined && access in PERMISSIONS);

const member = (role: Actor["role"]): Actor => ({
  userId: null,
  name: "Somebody",
  workspaceId: "none",
  role,
  channel: "console",
});

describe("access to procedures", () => {
  it("is declared for every procedure", () => {
    expect(procedures.filter(({ access }) => access === undefined)).toEqual([]);
    expect(procedures.length).toBeGreaterThan(50);
  });

  it("is open without a permission only where this test says so", () => {
    const open = (access: Access) =>
      procedures.filter((one) => one.access === access).map(({ path }) => path);
    expect(open("public").sort()).toEqual([...PUBLIC].sort());
    expect(open("member").sort()).toEqual([...MEMBER].sort());
  });

  it.each(procedures.filter(({ access }) => access !== "public"))(
    "refuses nobody-knows-who at $path",
    async ({ path }) => {
      await expect(callProcedure(null, path)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    },
  );

  it.each(withPermission)("refuses at $path every role without $access", async ({ path, access }) => {
    for (const role of ROLES.filter((one) => !can(one, access as Permission))) {
      await expect(callProcedure(member(role), path), role).rejects.toMatchObject({ code: "FORBIDDEN" });
    }
  });
});
