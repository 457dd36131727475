import { JwksTokenVerifier } from "@/server/adapters/callers/token-verifier";
import { systemClock } from "@/server/adapters/clock";
import { LambdaInvoker } from "@/server/adapters/functions/function-invoker";
import { HttpClient } from "@/server/adapters/http-client";
import type { Ports } from "@/server/gateway/ports";
import { type GatewayFixture, startGateway } from "../gateway-fixture";
import { API_ID, HASTY_API_ID, hostileApi } from "./hostile-api";
import type { SocketScript } from "./socket-script";
import { startWireBackend, type WireBackend } from "./wire-backend";

/** What a good back end answers. */
export const FINE: SocketScript = ["HTTP/1.1 200 OK\r\nContent-Length: 4\r\nX-Back: a\r\n\r\nfine"];

export type HostileSetting = {
  backend: WireBackend;
  gateway: GatewayFixture;
  /** The same with short time limits for clients. */
  impatient: GatewayFixture;
  http: HttpClient;
  /** Forgets what was seen and closes kept connections. */
  reset: () => void;
  close: () => Promise<void>;
};

/** A gateway whose integrations, authorizers and token issuers are all one raw back end, and an impatient second one. */
export async function startHostileSetting(): Promise<HostileSetting> {
  const backend = await startWireBackend();
  const http = new HttpClient();
  const endpoint = { url: backend.url, region: "eu-west-1", credentials: null };
  const invoker = new LambdaInvoker({ http, clock: systemClock, endpoints: { of: () => endpoint } });
  const ports: Partial<Ports> = {
    upstream: http,
    // An authorizer may take 29 s otherwise.
    functions: { invoke: (call) => invoker.invoke({ ...call, timeoutMs: Math.min(call.timeoutMs, 400) }) },
    tokens: new JwksTokenVerifier(systemClock, { cooldownMs: 0, timeoutMs: 300 }),
  };
  const gateway = await startGateway(ports);
  const impatient = await startGateway(ports, {
    headersMs: 150,
    requestMs: 300,
    checkEveryMs: 30,
    standstillMs: 600,
  });
  const limits = [
    [API_ID, 5_000],
    [HASTY_API_ID, 60],
  ] as const;
  for (const [apiId, timeoutInMillis] of limits) {
    const api = hostileApi(backend.url, { timeoutInMillis });
    gateway.serve(apiId, api, { stageName: "p" });
    impatient.serve(apiId, api, { stageName: "p" });
  }
  return {
    backend,
    gateway,
    impatient,
    http,
    reset() {
      backend.hangUp();
      backend.seen.length = 0;
      backend.garbage.length = 0;
      gateway.errors.length = 0;
      impatient.errors.length = 0;
    },
    async close() {
      await gateway.close();
      await impatient.close();
      await http.close();
      await backend.close();
    },
  };
}
