import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { migrate } from "@/server/launcher/migrate";
import { type EmbeddedPostgres, startPostgres } from "@/server/launcher/postgres";

const root = path.resolve(import.meta.dirname, "../..");
const realMigrations = path.join(root, "prisma/migrations");

let folder: string;
let server: EmbeddedPostgres;
let url: string;
let directory: string;
let count = 0;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), "gatehouse-migrate-"));
  server = await startPostgres({ dataDir: path.join(folder, "data") });
}, 60_000);
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  count++;
  // A database that does not exist: the runner makes it.
  url = server.url.replace(/\/gatehouse$/, `/test${count}`);
  directory = path.join(folder, `migrations${count}`);
});

function write(name: string, sql: string) {
  mkdirSync(path.join(directory, name), { recursive: true });
  writeFileSync(path.join(directory, name, "migration.sql"), sql);
}

async function query<T extends pg.QueryResultRow>(sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client.query<T>(sql).then(
    async (result) => {
      await client.end();
      return result.rows;
    },
    async (error) => {
      await client.end();
      throw error;
    },
  );
}

/** Prisma's own command line, with its engine from npm. */
function prisma(...args: string[]) {
  return new Promise<{ status: number | null; output: string }>((resolve) => {
    const child = spawn(process.execPath, [path.join(root, "node_modules/prisma/build/index.js"), ...args], {
      cwd: root,
      env: { ...process.env, DATABASE_URL: url, CHECKPOINT_DISABLE: "1", PRISMA_HIDE_UPDATE_MESSAGE: "1" },
    });
    let output = "";
    child.stdout.on("data", (chunk) => {
      output += chunk;
    });
    child.stderr.on("data", (chunk) => {
      output += chunk;
    });
    child.on("close", (status) => resolve({ status, output }));
  });
}

describe("migrate", () => {
  it("makes the database, applies what is missing in order, and nothing twice", async () => {
    write(
      "1_first",
      "create table pets (id int); create function one() returns int as $$ begin return 1; end $$ language plpgsql;",
    );
    expect(await migrate({ url, directory })).toEqual(["1_first"]);
    write("2_second", "alter table pets add name text;");
    expect(await migrate({ url, directory })).toEqual(["2_second"]);
    expect(await migrate({ url, directory })).toEqual([]);
    expect(await query("select id, name, one() from pets")).toEqual([]);
  });

  it("leaves nothing of a migration that fails, tells the line, and goes on once it is mended", async () => {
    write("1_first", "create table pets (id int);");
    write("2_broken", "create table toys (id int);\nalter table pets\n  add name nonsense;");
    await expect(migrate({ url, directory })).rejects.toThrow(
      'The migration 2_broken failed at line 3: type "nonsense" does not exist',
    );
    await expect(query("select * from toys")).rejects.toThrow("does not exist");
    write("2_broken", "create table toys (id int);");
    expect(await migrate({ url, directory })).toEqual(["2_broken"]);
  });

  it("refuses a migration that was changed after it had been applied", async () => {
    write("1_first", "create table pets (id int);");
    await migrate({ url, directory });
    write("1_first", "create table pets (id bigint);");
    await expect(migrate({ url, directory })).rejects.toThrow("The migration 1_first was changed");
  });

  it("refuses a database that is newer than the program", async () => {
    write("1_first", "create table pets (id int);");
    write("2_second", "create table toys (id int);");
    await migrate({ url, directory });
    rmSync(path.join(directory, "2_second"), { recursive: true });
    await expect(migrate({ url, directory })).rejects.toThrow(/database is newer .* 2_second/);
  });

  it("applies each migration once when several processes start together", async () => {
    write("1_slow", "select pg_sleep(0.2); create table pets (id int);");
    write("2_second", "create table toys (id int);");
    const applied = await Promise.all([1, 2, 3].map(() => migrate({ url, directory })));
    expect(applied.flat().sort()).toEqual(["1_slow", "2_second"]);
  });

  it("and Prisma's own command line agree on what is applied, in both directions", async () => {
    cpSync(realMigrations, directory, { recursive: true });
    await migrate({ url, directory });
    const status = await prisma("migrate", "status");
    expect(status.output).toContain("Database schema is up to date");
    const drift = await prisma(
      "migrate",
      "diff",
      "--from-config-datasource",
      "--to-schema",
      "prisma/schema.prisma",
      "--exit-code",
    );
    expect(drift.output).toContain("No difference detected");
    await query("drop schema public cascade; create schema public");
    expect((await prisma("migrate", "deploy")).status).toBe(0);
    expect(await migrate({ url, directory })).toEqual([]);
  }, 60_000);
});
