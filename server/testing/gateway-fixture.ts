import type { z } from "zod";
import { MemoryAccessKeys } from "@/server/adapters/callers/access-keys";
import { MemoryAuthorizerCache } from "@/server/adapters/callers/authorizer-cache";
import { AccessKeySignatures } from "@/server/adapters/callers/request-signatures";
import { JwksTokenVerifier } from "@/server/adapters/callers/token-verifier";
import { systemClock } from "@/server/adapters/clock";
import { zlibCompression } from "@/server/adapters/compression";
import { HttpClient } from "@/server/adapters/http-client";
import { systemIds } from "@/server/adapters/ids";
import { MemoryKeyStore } from "@/server/adapters/key-store";
import { MemoryLimits } from "@/server/adapters/limits/memory-limits";
import { RuntimeHolder } from "@/server/dataplane/config/holder";
import { StageSlot } from "@/server/dataplane/config/stage-slot";
import { CustomDomains } from "@/server/dataplane/domains/custom-domains";
import type { HttpServer, ServerTimes } from "@/server/dataplane/http1/http-server";
import { createHttpListener } from "@/server/dataplane/listeners/http";
import type { ExchangeRecord, Ports } from "@/server/gateway/ports";
import type { ApiSnapshot } from "@/server/gateway/snapshot/api-snapshot";
import { stageConfigSchema } from "@/server/gateway/snapshot/stage-config";

export type GatewayFixture = {
  port: number;
  server: HttpServer;
  keys: MemoryKeyStore;
  /** Their secrets are not sealed here. */
  accessKeys: MemoryAccessKeys;
  holder: RuntimeHolder;
  records: ExchangeRecord[];
  logLines: string[];
  errors: unknown[];
  /** How many clients are connected. */
  openSockets: () => number;
  /** `canary` is what the stage's canary deployment holds, if `stage` has one. */
  serve: (
    apiId: string,
    snapshot: ApiSnapshot,
    stage: z.input<typeof stageConfigSchema>,
    canary?: ApiSnapshot,
  ) => void;
  close: () => Promise<void>;
};

/** A real listener on a free port with the real adapters, serving whatever `serve` is given. */
export async function startGateway(
  overrides: Partial<Ports> = {},
  times: Partial<ServerTimes> = {},
  domains = new CustomDomains(),
): Promise<GatewayFixture> {
  const holder = new RuntimeHolder();
  const keys = new MemoryKeyStore();
  const accessKeys = new MemoryAccessKeys((sealed) => sealed);
  const upstream = new HttpClient();
  const records: ExchangeRecord[] = [];
  const logLines: string[] = [];
  const errors: unknown[] = [];
  const ports: Ports = {
    clock: systemClock,
    ids: systemIds,
    upstream,
    functions: { invoke: () => Promise.reject(new Error("this test has no functions")) },
    authorizerCache: new MemoryAuthorizerCache(systemClock),
    tokens: new JwksTokenVerifier(systemClock),
    signatures: new AccessKeySignatures(accessKeys, systemClock),
    keys,
    limits: new MemoryLimits(systemClock),
    compression: zlibCompression,
    trace: null,
    accessLog: { write: (_apiId, _stage, line) => logLines.push(line) },
    metrics: { record: (record) => records.push(record) },
    diagnostics: { unexpected: (error) => errors.push(error) },
    ...overrides,
  };
  const server = createHttpListener({
    domains,
    holder,
    ports,
    admin: () => null,
    isDraining: () => false,
    onError: (e) => errors.push(e),
    times,
  });
  const port = await server.listen(0, "127.0.0.1");
  return {
    port,
    server,
    keys,
    accessKeys,
    holder,
    records,
    logLines,
    errors,
    openSockets: () => server.connectionCount,
    serve(apiId, snapshot, stage, canary = snapshot) {
      const config = stageConfigSchema.parse(stage);
      const record = {
        apiId,
        workspaceId: "workspace",
        stageName: config.stageName,
        deploymentId: "dep123",
        config,
      };
      holder.put(new StageSlot(record, (id) => (id === record.deploymentId ? snapshot : canary)));
    },
    async close() {
      await server.close(0);
      await upstream.close();
    },
  };
}
