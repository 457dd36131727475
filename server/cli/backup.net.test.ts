import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { PassThrough, Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { runCli } from "@/server/cli/program";

type Asked = { url: string; headers: http.IncomingHttpHeaders; body: string };
type Answer = (response: http.ServerResponse) => void;

const CONTENT = "x".repeat(300_000);
let asked: Asked[] = [];
let answer: Answer;
let server: http.Server;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), "gatehouse-backup-cli-"));
  server = http.createServer(async (request, response) => {
    if (request.url?.startsWith("/api/trpc/")) {
      response.end(JSON.stringify({ result: { data: { json: { nodes: 2, applied: 2 } } } }));
      return;
    }
    const { url = "", headers } = request;
    asked.push({ url, headers, body: await text(request) });
    answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  asked = [];
});

async function run(argv: string[], { stdin = "", env = {} }: { stdin?: string; env?: object } = {}) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const written = Promise.all([text(stdout), text(stderr)]);
  const GATEHOUSE_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const code = await runCli(argv, {
    stdin: Readable.from([stdin]),
    stdout,
    stderr,
    env: { GATEHOUSE_DATA_DIR: folder, GATEHOUSE_URL, GATEHOUSE_TOKEN: "secret-token", ...env },
    cwd: folder,
  });
  stdout.end();
  stderr.end();
  const [out, err] = await written;
  return { code, stdout: out, stderr: err };
}

const refusing =
  (status: number, code: string, message: string): Answer =>
  (response) => {
    response.statusCode = status;
    response.end(JSON.stringify({ code, message }));
  };

describe("gatehouse backup", () => {
  it("writes the stream to a file that only its owner may read, and says how it can be checked", async () => {
    answer = (response) => response.end(CONTENT);
    const { code, stdout } = await run(["backup", "a.backup", "--with-logs"]);
    const sha256 = createHash("sha256").update(CONTENT).digest("hex");
    expect([code, stdout]).toEqual([0, expect.stringContaining(`(300000 bytes, SHA-256 ${sha256})`)]);
    expect(stdout).toContain("GATEHOUSE_SECRET of this instance");
    expect(readFileSync(path.join(folder, "a.backup"), "utf8")).toBe(CONTENT);
    expect(statSync(path.join(folder, "a.backup")).mode & 0o777).toBe(0o600);
    expect(asked[0]?.url).toBe("/api/backup?withLogs=true&withSecret=false");
    expect(asked[0]?.headers.authorization).toBe("Bearer secret-token");
    expect((await run(["backup", "-"])).stdout).toBe(CONTENT);
  });

  it("takes the passphrase from a file or the environment", async () => {
    answer = (response) => response.end(CONTENT);
    writeFileSync(path.join(folder, "pass"), "correct hörse\nsecond line");
    await run(["backup", "-", "--with-secret", "--passphrase-file", "pass"]);
    await run(["backup", "-"], { env: { GATEHOUSE_BACKUP_PASSPHRASE: "from outside" } });
    const given = asked.map(({ headers }) =>
      Buffer.from(String(headers["x-gatehouse-passphrase"]), "base64url").toString(),
    );
    expect(given).toEqual(["correct hörse", "from outside"]);
    writeFileSync(path.join(folder, "empty"), "");
    expect((await run(["backup", "-", "--passphrase-file", "empty"])).code).toBe(2);
  });

  it("leaves nothing behind when it is refused or cut off, and keeps the file from before", async () => {
    writeFileSync(path.join(folder, "b.backup"), "before");
    answer = refusing(403, "FORBIDDEN", "Your role does not allow this");
    const refused = await run(["backup", "b.backup"]);
    expect([refused.code, refused.stderr]).toEqual([3, "Your role does not allow this\n"]);
    answer = (response) => {
      response.write(CONTENT, () => response.destroy());
    };
    expect((await run(["backup", "b.backup"])).code).toBe(1);
    expect(readFileSync(path.join(folder, "b.backup"), "utf8")).toBe("before");
    expect(readdirSync(folder).filter((name) => name.endsWith(".part"))).toEqual([]);
  });
});

describe("gatehouse restore", () => {
  it("sends the file and says what came back, and on how many gateways", async () => {
    writeFileSync(path.join(folder, "c.backup"), CONTENT);
    answer = (response) =>
      response.end(JSON.stringify({ rows: 7, madeAt: "2026-11-26", configChangeId: "3" }));
    const { code, stdout } = await run(["restore", "c.backup"]);
    expect([code, stdout]).toEqual([
      0,
      "Restored 7 rows of 2026-11-26, live on 2 of 2 gateways. Sign in again: sessions are not part of a backup.\n",
    ]);
    expect(asked[0]).toMatchObject({ url: "/api/restore?replace=false", body: CONTENT });
    const replaced = await run(["restore", "-", "--replace"], { stdin: "from stdin" });
    expect(replaced.stderr).toContain("is replaced");
    expect(asked[1]).toMatchObject({ url: "/api/restore?replace=true", body: "from stdin" });
  });

  it("ends with the console's reason, and with 2 for a file that is not there", async () => {
    answer = refusing(409, "CONFLICT", "This instance is in use");
    const refused = await run(["restore", "c.backup"]);
    expect([refused.code, refused.stderr]).toEqual([1, "This instance is in use\n"]);
    expect((await run(["restore", "none"])).code).toBe(2);
    const away = await run(["restore", "c.backup"], { env: { GATEHOUSE_URL: "http://127.0.0.1:1" } });
    expect(away.code).toBe(3);
  });
});
