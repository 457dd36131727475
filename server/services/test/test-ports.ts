import { JwksTokenVerifier } from "@/server/adapters/callers/token-verifier";
import { systemClock } from "@/server/adapters/clock";
import { zlibCompression } from "@/server/adapters/compression";
import { HttpClient } from "@/server/adapters/http-client";
import { systemIds } from "@/server/adapters/ids";
import { environment } from "@/server/env";
import type { TestAuthorizerInput } from "@/server/gateway/policies/test-authorizer";
import type { UpstreamHttp } from "@/server/gateway/ports";
import type { TestInvokeInput } from "@/server/gateway/test-invoke";
import { workspaceFunctions } from "@/server/services/function-endpoint/workspace-functions";

let client: HttpClient | undefined;
const tokens = new JwksTokenVerifier(systemClock);

/** HTTP for whatever the console itself calls. */
export function testHttp(): UpstreamHttp {
  client ??= new HttpClient({ connectionsPerOrigin: 16, maxOrigins: 50 });
  return client;
}

/** The world as the data plane knows it: real back ends, the real clock. */
export function testPorts(): TestInvokeInput["ports"] & TestAuthorizerInput["ports"] {
  const upstream = testHttp();
  return {
    clock: systemClock,
    ids: systemIds,
    upstream,
    functions: workspaceFunctions(upstream),
    tokens,
    compression: zlibCompression,
    templateLimits: { ...environment().templateLimits, nowMs: systemClock.monotonicMs },
  };
}
