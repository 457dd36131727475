import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import pino from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningNode, startGatewayNode } from "@/server/dataplane/gateway-node";
import { closeDatabase, database } from "@/server/db/client";
import { createSecretBox } from "@/server/db/secret-box";
import type { Actor } from "@/server/domain/actor";
import { boxKey } from "@/server/env";
import { createAccessKey } from "@/server/services/access-key/create-key";
import { createKey } from "@/server/services/api-key/create-key";
import { startCanary } from "@/server/services/canary/start-canary";
import { createToken } from "@/server/services/machine-token/create-token";
import { createOwner } from "@/server/services/setup/create-owner";
import { attachStage } from "@/server/services/usage-plan/attach-stage";
import { createPlan } from "@/server/services/usage-plan/create-plan";
import { useOwnDatabase as makeDatabase } from "@/server/testing/own-database";
import { createTestApi, deployTestApi } from "@/server/testing/test-api";
import { restoreBackup } from "./restore-backup";
import { type BackupOptions, writeBackup } from "./write-backup";

const SECRET = "a secret of the tests, long enough";
const PASSPHRASE = "correct horse battery staple";
const plain: BackupOptions = { withLogs: false, withSecret: false, passphrase: null };
const fresh: Actor = { userId: null, name: "Local CLI", workspaceId: "", role: "owner", channel: "cli" };
let url: string;
let owner: Actor;
let apiId: string;
let keyId: string;
let keyValue: string;
let dataDir: string;
let node: RunningNode | undefined;

beforeAll(async () => {
  dataDir = mkdtempSync(path.join(tmpdir(), "gatehouse-backup-"));
  url = await makeDatabase();
  await fill();
}, 60_000);
afterAll(async () => {
  await node?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Something in every table, with values that JSON would not keep. */
async function fill(): Promise<void> {
  owner = await createOwner({ name: "Ada", email: "ada@example.com", password: "long enough" });
  apiId = (await createTestApi(owner, "Pets “ü”\u2028")).apiId;
  const first = await deployTestApi(owner, apiId);
  await deployTestApi(owner, apiId);
  const canary = { percentTraffic: 5, deploymentId: first.deploymentId, useStageCache: false, sticky: null };
  await startCanary(owner, { apiId, stageName: "prod", canary });
  const { planId } = await createPlan(owner, {
    name: "Gold",
    throttle: { rateLimit: 0.1 + 0.2, burstLimit: 9 },
  });
  await attachStage(owner, { planId, apiId, stageName: "prod" });
  const made = await createKey(owner, { name: "one", planIds: [planId] });
  [keyId, keyValue] = [made.key.id, made.value];
  await createAccessKey(owner, { name: "sdk", role: "developer" });
  await createToken(owner, { name: "ci", role: "developer" });
  const db = database();
  const { workspaceId } = owner;
  const at = new Date("2026-01-02T03:04:05.678Z");
  const box = createSecretBox(boxKey(SECRET, "access-key"));
  await db.functionEndpoint.create({
    data: {
      workspaceId,
      region: "eu-west-1",
      secretCipher: box.seal("s1", `function-endpoint/${workspaceId}`),
    },
  });
  const keyCipher = box.seal("s2", `domain-name/${workspaceId}/api.test`);
  await db.storedResource.create({
    data: {
      workspaceId,
      kind: "domain-name",
      id: "api.test",
      document: { certificate: { keyCipher }, n: 1.5 },
    },
  });
  await db.usageCounter.create({
    data: { planId, keyId, periodStart: at, used: 9_007_199_254_740_993n, reserved: 5n },
  });
  await db.usageDay.create({ data: { planId, keyId, day: at, count: 3n } });
  await db.sample.create({
    data: { id: "s", apiId, name: "line\nbreak\\", input: { text: "\u0001 😀", none: null } },
  });
  const minute = { apiId, stage: "prod", route: "GET /", minute: at, count: 1, errors4xx: 0, errors5xx: 0 };
  await db.metricMinute.create({
    data: { ...minute, latencySumMs: 1 / 3, integrationSumMs: 1e-7, buckets: [1, 2] },
  });
  const { minute: hour, ...counts } = minute;
  await db.metricHour.create({
    data: { ...counts, hour, latencySumMs: 1 / 3, integrationSumMs: 1e-7, buckets: [1, 2] },
  });
  const { route: _, ...ofKey } = { ...counts, planId, keyId, throttled: 1 };
  await db.metricKeyMinute.create({ data: { ...ofKey, minute: at } });
  await db.metricKeyHour.create({ data: { ...ofKey, hour } });
}

const LEFT_OUT = [
  "_prisma_migrations",
  "ConfigChange",
  "GatewayNode",
  "QuotaStep",
  "session",
  "verification",
  "rateLimit",
];

/** Every row of every table as PostgreSQL prints it. */
async function dump(): Promise<Record<string, string[]>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(
    "SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1",
  );
  const tables: Record<string, string[]> = {};
  for (const { name } of rows) {
    if (LEFT_OUT.includes(name)) continue;
    const found = await client.query(`SELECT t::text AS row FROM "${name}" t ORDER BY 1`);
    tables[name] = found.rows.map(({ row }) => row);
  }
  await client.end();
  return tables;
}

async function backup(options: Partial<BackupOptions> = {}): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of await writeBackup(owner, { ...plain, ...options })) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** In pieces of odd sizes, as a network delivers. */
async function* pieces(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0, size = 1; at < bytes.length; at += size, size = (size * 7) % 4_099)
    yield bytes.subarray(at, at + size);
}

const restore = (bytes: Buffer, more: { passphrase?: string; replace?: boolean } = {}, actor = fresh) =>
  restoreBackup(actor, { source: pieces(bytes), passphrase: null, replace: false, ...more });

/** Puts an empty database in the place of the one that was used until now. */
async function startAfresh(): Promise<void> {
  await closeDatabase();
  const before = url;
  const empty = new URL(await makeDatabase());
  process.env.DATABASE_URL = before;
  const client = new pg.Client({ connectionString: new URL("/postgres", before).toString() });
  await client.connect();
  const name = (address: string | URL) => new URL(address).pathname.slice(1);
  await client.query(`ALTER DATABASE ${name(before)} RENAME TO ${name(before)}_before`);
  await client.query(`ALTER DATABASE ${name(empty)} RENAME TO ${name(before)}`);
  await client.end();
}

const withoutRestoreEntry = (tables: Record<string, string[]>) => ({
  ...tables,
  AuditEntry: tables.AuditEntry?.filter((row) => !row.includes("instance.restored")),
  OutboxEvent: tables.OutboxEvent?.filter((row) => !row.includes("instance.restored")),
});

describe("a backup", () => {
  it("brings every row back into a fresh instance, and a gateway that runs there serves it", async () => {
    const bytes = await backup({ withLogs: true });
    await database().usageCounter.updateMany({ data: { reserved: 0 } });
    const before = await dump();
    expect(
      Object.entries(before)
        .filter(([, rows]) => rows.length === 0)
        .map(([name]) => name),
    ).toEqual(["CanaryRollout", "CanaryWindow", "RequestLog", "UsageHour"].filter((name) => name in before));
    await startAfresh();
    node = await startGatewayNode({
      databaseUrl: url,
      host: "127.0.0.1",
      port: 0,
      dataDir,
      log: pino({ level: "silent" }),
    });
    const { rows } = await restore(bytes);
    expect(rows).toBe(Object.values(before).flat().length);
    expect(withoutRestoreEntry(await dump())).toEqual(before);
    const address = `http://127.0.0.1:${node.port}/${apiId}/prod/pets`;
    await expect.poll(async () => (await fetch(address)).status, { timeout: 5_000 }).toBe(200);
    await node.stop();
    node = undefined;
    expect((await dump()).AuditEntry?.some((row) => row.includes("instance.restored"))).toBe(true);
  });

  it("goes into an instance that is in use only when told to, and then replaces all of it", async () => {
    const bytes = await backup();
    const before = await dump();
    await createTestApi(owner, "Later");
    await expect(restore(bytes, {}, owner)).rejects.toMatchObject({ code: "CONFLICT" });
    await restore(bytes, { replace: true }, owner);
    expect(withoutRestoreEntry(await dump())).toEqual(withoutRestoreEntry(before));
  });

  it("is encrypted with a passphrase, and nothing can be read, changed or cut off without notice", async () => {
    const bytes = await backup({ passphrase: PASSPHRASE, withSecret: true });
    const before = withoutRestoreEntry(await dump());
    expect(bytes.includes("ada@example.com")).toBe(false);
    await expect(restore(bytes, { replace: true })).rejects.toThrow("give its passphrase");
    const wrong = restore(bytes, { replace: true, passphrase: "another one, just as long" });
    await expect(wrong).rejects.toThrow("passphrase is wrong");
    const changed = Buffer.from(bytes);
    changed.writeUInt8((changed.at(-9) as number) ^ 1, changed.length - 9);
    for (const bad of [changed, bytes.subarray(0, -1), Buffer.concat([bytes, Buffer.from("x")])]) {
      const refused = restore(bad, { replace: true, passphrase: PASSPHRASE });
      await expect(refused).rejects.toMatchObject({ code: "INVALID" });
    }
    expect(withoutRestoreEntry(await dump())).toEqual(before);
    await restore(bytes, { replace: true, passphrase: PASSPHRASE });
    expect(withoutRestoreEntry(await dump())).toEqual(before);
  });

  it("is refused when damaged, cut off or of another version, and then nothing has changed", async () => {
    const bytes = await backup();
    const before = await dump();
    const end = bytes.indexOf(10);
    const withHeader = (change: object) => {
      const header = JSON.parse(bytes.toString("utf8", 0, end));
      return Buffer.concat([Buffer.from(JSON.stringify({ ...header, ...change })), bytes.subarray(end)]);
    };
    const refusals: [Buffer, string][] = [
      [Buffer.from("hello"), "does not begin as a backup does"],
      [Buffer.from("hello\n"), "no backup of Gatehouse"],
      [withHeader({ "gatehouse-backup": 2 }), "cannot read"],
      [withHeader({ schema: "20260101000000_older" }), "Restore it with the version that made it"],
      [withHeader({ secretCheck: "0".repeat(32) }), "another GATEHOUSE_SECRET"],
      [withHeader({ version: "9.9.9" }), "checksum is wrong"],
      [bytes.subarray(0, -20), "cannot be unpacked"],
      [bytes.subarray(0, end + 1), "damaged"],
    ];
    for (const [bad, text] of refusals) {
      await expect(restore(bad, { replace: true })).rejects.toThrow(text);
    }
    expect(await dump()).toEqual(before);
  });

  it("opens under another instance's secret where it holds its own", async () => {
    const { resealSecrets } = await import("./reseal-secrets");
    const other = "the secret of another instance";
    await database().$transaction((tx) => resealSecrets(tx, { from: SECRET, to: other }));
    const open = (secret: string, purpose: string) => createSecretBox(boxKey(secret, purpose)).open;
    const key = await database().apiKey.findUniqueOrThrow({ where: { id: keyId } });
    expect(open(other, "api-key")(key.valueCipher ?? "", keyId)).toBe(keyValue);
    expect(open(SECRET, "api-key")(key.valueCipher ?? "", keyId)).toBeNull();
    const domain = await database().storedResource.findFirstOrThrow({ where: { kind: "domain-name" } });
    const { certificate } = domain.document as { certificate: { keyCipher: string } };
    const id = `domain-name/${owner.workspaceId}/api.test`;
    expect(open(other, "access-key")(certificate.keyCipher, id)).toBe("s2");
    const again = database().$transaction((tx) => resealSecrets(tx, { from: SECRET, to: other }));
    await expect(again).rejects.toMatchObject({ code: "INVALID" });
  });

  it("is for owners, holds the secret only with a passphrase, and is in the audit log", async () => {
    const developer = { ...owner, role: "developer" as const };
    await expect(writeBackup(developer, plain)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(restore(Buffer.alloc(0), {}, developer)).rejects.toMatchObject({ code: "FORBIDDEN" });
    const bare = writeBackup(owner, { ...plain, withSecret: true });
    await expect(bare).rejects.toMatchObject({ code: "INVALID", fieldPath: "passphrase" });
    const short = writeBackup(owner, { ...plain, passphrase: "short" });
    await expect(short).rejects.toMatchObject({ code: "INVALID", fieldPath: "passphrase" });
    const told = await database().auditEntry.count({ where: { action: "instance.backed-up" } });
    expect(told).toBeGreaterThan(0);
  });

  it("of an instance with several workspaces is nobody's to make", async () => {
    await database().workspace.create({ data: { id: "other", name: "Other" } });
    await expect(writeBackup(owner, plain)).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(restore(Buffer.from("{}\n"), { replace: true })).rejects.toMatchObject({ code: "INVALID" });
    await database().workspace.delete({ where: { id: "other" } });
  });

  it("stops reading the database when nobody takes it any more", async () => {
    const stream = await writeBackup(owner, { ...plain, withLogs: true });
    stream.destroy();
    await expect
      .poll(async () => {
        const [row] = await database().$queryRaw<{ n: bigint }[]>`
          SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in%'`;
        return Number(row?.n);
      })
      .toBe(0);
  });
});
