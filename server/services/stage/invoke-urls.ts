import { environment } from "@/server/env";

/** The two addresses of a stage: by host name (as AWS has it) and by path, for clients that cannot set the host. */
export type InvokeUrls = { host: string; path: string };

const LOOPBACK = new Set(["127.0.0.1", "::1", "0.0.0.0", "::", "localhost"]);

/** Where the gateway is reached, without a slash at the end. */
export function gatewayUrl(): string {
  const { host, gatewayPort } = environment();
  return `http://${LOOPBACK.has(host) ? "localhost" : host}:${gatewayPort}`;
}

export function invokeUrls(apiId: string, stageName: string): InvokeUrls {
  const { gatewayPort } = environment();
  return {
    host: `http://${apiId}.execute-api.localhost:${gatewayPort}/${stageName}`,
    path: `${gatewayUrl()}/${apiId}/${stageName}`,
  };
}
