import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import http from "node:http";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { build } from "esbuild";
import type pg from "pg";
import { findFreePort } from "@/server/launcher/ports";

/** Tests, and what npm runs, begin in the project's folder; a bundled program lies elsewhere. */
const ROOT = process.cwd();

/** The gateway as a program of its own, several of them at will. */
export type GatewayPrograms = {
  /** Where they keep their data, by name. */
  folder: string;
  /** Resolves when it is ready; rejects if it ends before. */
  start(name: string, environment: Record<string, string>): Promise<GatewayProgram>;
  stopAll(): Promise<void>;
};

export type GatewayProgram = {
  port: number;
  pid: number;
  isAlive: boolean;
  /** Resolves to the exit code, null after a signal. */
  stop(signal: NodeJS.Signals): Promise<number | null>;
};

export async function bundleGateway(): Promise<GatewayPrograms> {
  // Inside the project: the program finds its packages from there.
  const folder = mkdtempSync(path.join(ROOT, "node_modules", ".gatehouse-gateway-"));
  const outfile = path.join(folder, "dataplane.mjs");
  await build({
    absWorkingDir: ROOT,
    entryPoints: ["server/dataplane/main.ts"],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    packages: "external",
    alias: { "@": ROOT },
    logLevel: "error",
  });
  const running = new Set<ChildProcess>();
  return {
    folder,
    async start(name, environment) {
      const port = await findFreePort();
      const child = spawn(process.execPath, [outfile], {
        stdio: ["ignore", "inherit", "inherit"],
        env: {
          ...process.env,
          GATEHOUSE_GATEWAY_PORT: String(port),
          GATEHOUSE_DATA_DIR: path.join(folder, name),
          GATEHOUSE_LOG_LEVEL: "error",
          ...environment,
        },
      });
      running.add(child);
      const exited = new Promise<number | null>((resolve) => child.once("exit", resolve));
      while ((await statusOf({ port, path: "/_gatehouse/readyz" }).catch(() => 0)) !== 200) {
        const ended = child.exitCode ?? child.signalCode;
        if (ended !== null) throw new Error(`the gateway ended with ${ended}`);
        await sleep(50);
      }
      return {
        port,
        pid: child.pid as number,
        isAlive: true,
        async stop(signal) {
          child.kill(signal);
          const code = await exited;
          running.delete(child);
          return code;
        },
      };
    },
    async stopAll() {
      for (const child of running) child.kill("SIGKILL");
      // Workers end by themselves when they find their primary gone.
      if (running.size > 0) await sleep(500);
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

const ANSWER_MS = 10_000;
const agent = new http.Agent({ keepAlive: true, maxSockets: 200 });

/** Asks a gateway on this machine. */
export function statusOf(request: { port: number; path: string; key?: string }): Promise<number> {
  const { port, path: route, key = "" } = request;
  return new Promise((resolve, reject) => {
    const headers = { host: "localhost", "x-api-key": key };
    const asked = http.get(
      { host: "127.0.0.1", port, path: route, headers, agent, timeout: ANSWER_MS },
      (answer) => {
        answer.resume();
        answer.once("end", () => resolve(answer.statusCode ?? 0));
        answer.once("error", reject);
      },
    );
    asked.once("timeout", () => asked.destroy(new Error(`no answer from ${route} for ${ANSWER_MS} ms`)));
    asked.once("error", reject);
  });
}

/** A workspace `ws` with an API whose stage `prod` serves the snapshot. */
export async function insertApi(
  client: pg.Client,
  apiId: string,
  { snapshot, config = {} }: { snapshot: unknown; config?: object },
): Promise<void> {
  await client.query(`INSERT INTO "Workspace" (id, name) VALUES ('ws', 'Test') ON CONFLICT DO NOTHING`);
  await client.query(
    `INSERT INTO "Api" (id, "workspaceId", name, definition, "definitionHash", "updatedAt") VALUES ($1, 'ws', 'Pets', '{}', 'h', now())`,
    [apiId],
  );
  await client.query(
    `INSERT INTO "Deployment" (id, "apiId", number, hash, snapshot, "actorName") VALUES ('dep', $1, 1, 'h', $2, 'test')`,
    [apiId, JSON.stringify(snapshot)],
  );
  const whole = {
    variables: {},
    methodSettings: {},
    accessLogFormat: null,
    tracingEnabled: false,
    ...config,
  };
  await client.query(
    `INSERT INTO "Stage" (id, "apiId", name, "deploymentId", config, "updatedAt") VALUES ('st', $1, 'prod', 'dep', $2, now())`,
    [apiId, JSON.stringify(whole)],
  );
}

export type PlanToInsert = {
  /** Of the plan and of its only key. */
  id: string;
  /** The key's. */
  value: string;
  quota?: number;
  throttle?: { rateLimit: number; burstLimit: number };
};

/** A plan for the stage of `insertApi`, with a strict quota for a month, and a key in it. */
export async function insertPlan(client: pg.Client, plan: PlanToInsert): Promise<void> {
  const { id, value, quota, throttle } = plan;
  await client.query(
    `INSERT INTO "UsagePlan" (id, "workspaceId", name, "quotaLimit", "quotaPeriod", "rateLimit", "burstLimit", "updatedAt")
     VALUES ($1, 'ws', $1, $2::int, CASE WHEN $2::int IS NULL THEN NULL ELSE 'MONTH' END, $3, $4, now())`,
    [id, quota ?? null, throttle?.rateLimit ?? null, throttle?.burstLimit ?? null],
  );
  await client.query(`INSERT INTO "UsagePlanStage" ("planId", "stageId") VALUES ($1, 'st')`, [id]);
  await client.query(
    `INSERT INTO "ApiKey" (id, "workspaceId", name, "valueHash", "valueHint", "updatedAt") VALUES ($1, 'ws', $1, $2, 'ests', now())`,
    [id, createHash("sha256").update(value).digest("hex")],
  );
  await client.query(`INSERT INTO "UsagePlanKey" ("planId", "keyId") VALUES ($1, $1)`, [id]);
}

export type Counter = { used: number; reserved: number };

/** What the database knows of a quota. */
export async function quotaCounter(client: pg.Client, keyId: string): Promise<Counter> {
  const { rows } = await client.query(
    `SELECT used::int, reserved::int FROM "UsageCounter" WHERE "keyId" = $1`,
    [keyId],
  );
  return rows[0];
}
