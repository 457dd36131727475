import { verifyPassword } from "better-auth/crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/server/db/client";
import { createTestWorkspace, type TestWorkspace } from "@/server/testing/test-workspace";
import { createPerson } from "./create-person";
import { listPeople } from "./list-people";
import { removePerson } from "./remove-person";
import { setRole } from "./set-role";

let workspace: TestWorkspace;
let owner: TestWorkspace["owner"];

beforeAll(async () => {
  workspace = await createTestWorkspace();
  owner = workspace.owner;
});

const add = (name: string, role: "owner" | "support") =>
  createPerson(owner, { name, email: `${name}.${workspace.id}@example.com`, role });

describe("people", () => {
  it("are let in with a password that is shown once and works", async () => {
    const { userId, temporaryPassword } = await add("Sam", "support");
    const account = await database().account.findFirstOrThrow({ where: { userId } });
    expect(account.providerId).toBe("credential");
    expect(account.password).not.toContain(temporaryPassword);
    const isRight = await verifyPassword({ hash: account.password ?? "", password: temporaryPassword });
    expect(isRight).toBe(true);
    const again = createPerson(owner, {
      name: "Sam",
      email: `SAM.${workspace.id}@example.com`,
      role: "viewer",
    });
    await expect(again).rejects.toMatchObject({ code: "CONFLICT", fieldPath: "email" });
  });

  it("always leave an owner behind", async () => {
    const { userId: first } = await add("First", "owner");
    const conflict = { code: "CONFLICT" };
    await expect(removePerson(owner, { userId: first })).rejects.toMatchObject(conflict);
    await expect(setRole(owner, { userId: first, role: "viewer" })).rejects.toMatchObject(conflict);
    const { userId: second } = await add("Second", "owner");
    const results = await Promise.allSettled([
      removePerson(owner, { userId: first }),
      removePerson(owner, { userId: second }),
    ]);
    expect(results.map((result) => result.status).sort()).toEqual(["fulfilled", "rejected"]);
    const people = await listPeople(owner);
    expect(people.filter((person) => person.role === "owner")).toHaveLength(1);
  });

  it("are gone with their sessions when removed, and can be let in again", async () => {
    const { userId } = await add("Leaver", "support");
    await database().session.create({
      data: { id: `s-${userId}`, token: `t-${userId}`, userId, expiresAt: new Date("2100-01-01") },
    });
    await removePerson(owner, { userId });
    expect(await database().session.count({ where: { userId } })).toBe(0);
    await expect(add("Leaver", "support")).resolves.toMatchObject({ userId: expect.any(String) });
  });
});
