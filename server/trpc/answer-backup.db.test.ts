import { describe, expect, it } from "vitest";
import { createToken } from "@/server/services/machine-token/create-token";
import { createTestWorkspace } from "@/server/testing/test-workspace";
import { answerBackup, answerRestore } from "./answer-backup";

const ask = (path: string, init: RequestInit = {}) =>
  new Request(`http://localhost${path}`, { method: "POST", ...init });

describe("backup and restore over HTTP", () => {
  it("are for tokens of owners only: no cookie, no other role", async () => {
    const strangers: Record<string, string>[] = [
      {},
      { cookie: "session_token=x" },
      { authorization: "Bearer wrong" },
    ];
    for (const headers of strangers) {
      expect((await answerBackup(ask("/api/backup", { headers }))).status).toBe(401);
      expect((await answerRestore(ask("/api/restore", { headers, body: "x" }))).status).toBe(401);
    }
    const workspace = await createTestWorkspace();
    const { token } = await createToken(workspace.owner, { name: "ci", role: "developer" });
    const headers = { authorization: `Bearer ${token}` };
    expect((await answerBackup(ask("/api/backup", { headers }))).status).toBe(403);
    expect((await answerRestore(ask("/api/restore", { headers, body: "x" }))).status).toBe(403);
  });

  it("say what is wrong as JSON", async () => {
    const workspace = await createTestWorkspace();
    const { token } = await createToken(workspace.owner, { name: "ci", role: "owner" });
    const headers = { authorization: `Bearer ${token}` };
    const answer = await answerRestore(ask("/api/restore", { headers, body: "no backup\n" }));
    expect([answer.status, await answer.json()]).toEqual([
      400,
      { code: "BAD_REQUEST", message: "This is no backup of Gatehouse", fieldPath: null },
    ]);
    expect((await answerRestore(ask("/api/restore", { headers }))).status).toBe(400);
    expect((await answerBackup(ask("/api/backup?everything=true", { headers }))).status).toBe(400);
    const bare = await answerBackup(ask("/api/backup?withSecret=true", { headers }));
    expect([bare.status, (await bare.json()).fieldPath]).toEqual([400, "passphrase"]);
  });
});
