import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pino from "pino";
import { startGatewayNode } from "@/server/dataplane/gateway-node";
import { closeDatabase } from "@/server/db/client";
import { migrate } from "@/server/launcher/migrate";
import { startPostgres } from "@/server/launcher/postgres";
import { createAccessKey } from "@/server/services/access-key/create-key";
import { setFunctionEndpoint } from "@/server/services/function-endpoint/set-endpoint";
import { startAwsEndpoint } from "@/server/testing/aws-endpoint";
import { bundleGateway } from "@/server/testing/gateway-program";
import { createTestWorkspace } from "@/server/testing/test-workspace";

/** Temporary ones, as those of the role that AWS takes on: their token is long enough for its log to be cut. */
const FUNCTION_CREDENTIALS = {
  region: "us-east-1",
  accessKeyId: "ASIAEXAMPLE",
  secretAccessKey: "secret",
  sessionToken: "a-token-of-a-session".repeat(40),
};

export type Instance = {
  endpoint: string;
  gatewayPort: number;
  /** Credentials of a workspace in which nothing is yet but where functions run. */
  newWorkspace: () => Promise<{ accessKeyId: string; secretAccessKey: string }>;
  stop: () => Promise<void>;
};

/** A database, the management API and a gateway: what the console's route and the gateway program run. */
export async function startInstance(root: string, functionsUrl: string): Promise<Instance> {
  const dataDir = mkdtempSync(path.join(tmpdir(), "gatehouse-conformance-"));
  const postgres = await startPostgres({ dataDir });
  process.env.DATABASE_URL = postgres.url;
  process.env.GATEHOUSE_SECRET ??= "a secret of the conformance run";
  process.env.GATEHOUSE_LOG_LEVEL ??= "error";
  await migrate({ url: postgres.url, directory: path.join(root, "prisma", "migrations") });
  const endpoint = await startAwsEndpoint();
  const gateway = await startGateway(postgres.url, dataDir);
  return {
    endpoint: endpoint.url,
    gatewayPort: gateway.port,
    async newWorkspace() {
      const { owner } = await createTestWorkspace("Conformance");
      await setFunctionEndpoint(owner, { url: functionsUrl, ...FUNCTION_CREDENTIALS });
      return createAccessKey(owner, { name: "conformance", role: "owner" });
    },
    async stop() {
      await gateway.stop();
      await endpoint.stop();
      await closeDatabase();
      await postgres.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** In this process; as a program with several workers if `GATEHOUSE_WORKERS` says how many. */
async function startGateway(
  databaseUrl: string,
  dataDir: string,
): Promise<{ port: number; stop: () => Promise<void> }> {
  if (Number(process.env.GATEHOUSE_WORKERS ?? 1) === 1) {
    return startGatewayNode({
      databaseUrl,
      host: "127.0.0.1",
      port: 0,
      dataDir,
      log: pino({ level: "silent" }),
    });
  }
  const programs = await bundleGateway();
  const program = await programs.start("conformance", { DATABASE_URL: databaseUrl });
  return {
    port: program.port,
    async stop() {
      await program.stop("SIGTERM");
      await programs.stopAll();
    },
  };
}
