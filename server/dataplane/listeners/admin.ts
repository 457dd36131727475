import type { ServerResponse } from "node:http";
import type { AdminHandler } from "./http";

export type AdminState = {
  /** Null: ready. Otherwise why not. */
  notReady: () => string | null;
  metricsText: () => string;
};

/** `/_gatehouse/healthz`, `readyz` and `metrics`: no API id can look like that. */
export function adminHandler({ notReady, metricsText }: AdminState): AdminHandler {
  return (message, response) => {
    const path = (message.url ?? "").split("?")[0];
    switch (path) {
      case "/_gatehouse/healthz":
        send(response, 200, "ok\n");
        return true;
      case "/_gatehouse/readyz": {
        const reason = notReady();
        send(response, reason === null ? 200 : 503, reason === null ? "ready\n" : `${reason}\n`);
        return true;
      }
      case "/_gatehouse/metrics":
        send(response, 200, metricsText(), "text/plain; version=0.0.4");
        return true;
      default:
        return false;
    }
  };
}

function send(response: ServerResponse, status: number, body: string, type = "text/plain"): void {
  response.writeHead(status, {
    "Content-Type": type,
    "Content-Length": Buffer.byteLength(body),
    "Cache-Control": "no-store",
  });
  response.end(body);
}
