import { systemClock } from "@/server/adapters/clock";
import { LambdaInvoker } from "@/server/adapters/functions/function-invoker";
import { HttpClient } from "@/server/adapters/http-client";
import { type GatewayFixture, startGateway } from "../gateway-fixture";
import { API_ID, hostileApi } from "./hostile-api";
import { startWireBackend, type WireBackend } from "./wire-backend";

export type HostileSetting = {
  backend: WireBackend;
  gateway: GatewayFixture;
  /** Forgets what was seen. */
  reset: () => void;
  close: () => Promise<void>;
};

/** A gateway with short time limits whose integrations, authorizers and token issuers are all one raw back end. */
export async function startHostileSetting(): Promise<HostileSetting> {
  const backend = await startWireBackend();
  const http = new HttpClient();
  const endpoint = { url: backend.url, region: "eu-west-1", credentials: null };
  const gateway = await startGateway(
    {
      upstream: http,
      functions: new LambdaInvoker({ http, clock: systemClock, endpoints: { of: () => endpoint } }),
    },
    { idleMs: 1_000, headersMs: 150, requestMs: 600, checkEveryMs: 50 },
  );
  gateway.serve(API_ID, hostileApi(backend.url, { timeoutInMillis: 300 }), { stageName: "p" });
  return {
    backend,
    gateway,
    reset() {
      backend.seen.length = 0;
      backend.garbage.length = 0;
      gateway.errors.length = 0;
    },
    async close() {
      await gateway.close();
      await http.close();
      await backend.close();
    },
  };
}
