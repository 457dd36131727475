import type { Stage } from "../use-stage-changes";

const SETTINGS: Record<string, string> = {
  variables: "variables",
  methodSettings: "throttling, caching and logging of methods",
  cacheClusterEnabled: "cache",
  cacheClusterSize: "size of the cache",
  accessLogFormat: "access log",
  rateLimitHeaders: "headers about limits",
  description: "description",
  tracingEnabled: "tracing",
  requestLog: "request log",
  requestLogPercent: "share of logged requests",
  clientCertificateId: "client certificate",
};

type Event = Pick<Stage["events"][number], "kind" | "deploymentNumber" | "detail">;

/** What happened, as a sentence without who and when. */
export function historyWords({ kind, deploymentNumber: number, detail }: Event): string {
  if (kind === "deployed") return number === null ? "Deployed" : `Deployed #${number}`;
  if (kind === "rolled-back") return `Moved to ${number === null ? "another deployment" : `#${number}`}`;
  if (kind === "promoted") {
    const { fromStage } = (detail ?? {}) as { fromStage?: string };
    return `Promoted ${number === null ? "a deployment" : `#${number}`} from ${fromStage}`;
  }
  const canary = detail as { percentTraffic?: number; reason?: string } | null;
  if (kind === "canary-started") return `Started a canary at ${canary?.percentTraffic} %`;
  if (kind === "canary-promoted") return "Promoted the canary";
  if (kind === "canary-removed") return "Removed the canary";
  if (kind === "canary-aborted") return `Aborted the canary: ${canary?.reason}`;
  if (kind === "canary-changed") return `Changed the canary, now at ${canary?.percentTraffic} %`;
  const changed = (detail as { changed?: string[] } | null)?.changed ?? [];
  return changed.length > 0
    ? `Changed ${changed.map((name) => SETTINGS[name] ?? name).join(", ")}`
    : "Changed settings";
}
