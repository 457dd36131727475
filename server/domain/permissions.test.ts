import { describe, expect, it } from "vitest";
import { can, PERMISSIONS, PERMISSIONS_OF, type Permission, ROLES } from "./permissions";

describe("permissions", () => {
  it("let an owner do everything", () => {
    for (const permission of Object.keys(PERMISSIONS))
      expect(can("owner", permission as Permission)).toBe(true);
  });

  it("let a viewer read and nothing else", () => {
    expect([...PERMISSIONS_OF.viewer].filter((permission) => !permission.endsWith(":read"))).toEqual([]);
  });

  it("keep machine tokens and people to owners", () => {
    const allowed = (permission: Permission) => ROLES.filter((role) => can(role, permission));
    expect(allowed("token:write")).toEqual(["owner"]);
    expect(allowed("people:write")).toEqual(["owner"]);
  });

  it("let support revoke a key and extend its quota but not make one", () => {
    expect(can("support", "key:revoke")).toBe(true);
    expect(can("support", "key:extend")).toBe(true);
    expect(can("support", "key:write")).toBe(false);
    expect(can("support", "api:write")).toBe(false);
  });
});
