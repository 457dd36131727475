import type { ConnectionAnswer } from "../http1/client-connection";

export type AdminState = {
  /** Null: ready. Otherwise why not. */
  notReady: () => string | null;
  metricsText: () => string | Promise<string>;
};

/** Answers `/_gatehouse/…`; null where there is nothing of that name. */
export type AdminHandler = (path: string) => ConnectionAnswer | Promise<ConnectionAnswer> | null;

/** `/_gatehouse/healthz`, `readyz` and `metrics`: no API id can look like that. */
export function adminHandler({ notReady, metricsText }: AdminState): AdminHandler {
  return (path) => {
    switch (path) {
      case "/_gatehouse/healthz":
        return textAnswer(200, "ok\n");
      case "/_gatehouse/readyz": {
        const reason = notReady();
        return textAnswer(reason === null ? 200 : 503, reason === null ? "ready\n" : `${reason}\n`);
      }
      case "/_gatehouse/metrics": {
        const answer = (text: string) => textAnswer(200, text, "text/plain; version=0.0.4");
        const text = metricsText();
        return typeof text === "string" ? answer(text) : text.then(answer);
      }
      default:
        return null;
    }
  };
}

function textAnswer(status: number, body: string, type = "text/plain"): ConnectionAnswer {
  return { status, headers: ["Content-Type", type, "Cache-Control", "no-store"], body };
}
