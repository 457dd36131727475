import type { LayerName, LimitLayer, LimitStack } from "@/server/domain/limits/limit-stack";
import {
  BOUND_WORDS,
  formatNumber,
  PERIOD_WORDS,
  quotaWords,
  rateWords,
  throttleWords,
} from "../usage-plan/limit-words";

/** What a limit counts together. */
export const WHOSE: Record<LayerName, string> = {
  "plan-method": "each key for itself, on this method",
  plan: "each key for itself, over all methods of the plan",
  method: "all clients of this method together",
  stage: "all clients of this method together; each method counts for itself",
  account: "all clients of all APIs together",
  quota: "each key for itself, over all methods of the plan",
};

const IS_SHARED: ReadonlySet<LayerName> = new Set(["method", "stage", "account"]);

/** `5 requests/s, burst 10`, `1,000 requests per day`. */
export function layerValue({ name, throttle, quota }: LimitLayer): string {
  return name === "quota" ? quotaWords(quota) : throttleWords(throttle);
}

/** How exactly it is kept. */
export function layerBound({ quota }: LimitLayer): { mode: "Strict" | "Fast"; words: string } {
  if (!quota) return { mode: "Fast", words: `Rates, ${BOUND_WORDS.throttle.replace("Fast", "fast")}` };
  if (quota.mode === "fast") return { mode: "Fast", words: `Quota, fast: ${BOUND_WORDS.fast.toLowerCase()}` };
  return { mode: "Strict", words: `Quota, strict: ${BOUND_WORDS.strict.toLowerCase()}` };
}

/** What all of it comes to for one client, in a sentence or two. `planName` is null without a key. */
export function effectWords({ layers, isClosed }: LimitStack, planName: string | null): string {
  if (isClosed)
    return "Every request is refused with 403: the method asks for a key of a plan that covers this stage.";
  const rate = layers.find(({ decides }) => decides.includes("rate"));
  const burst = layers.find(({ decides }) => decides.includes("burst"));
  const total = layers.find(({ decides }) => decides.includes("total"))?.quota;
  const isBypassed = layers.some(({ state }) => state === "bypassed");
  const who = planName === null || isBypassed ? "A client" : `A client with a key of ${planName}`;
  const amounts = [
    ...throttleAmounts(rate?.throttle?.rateLimit, burst?.throttle?.burstLimit),
    ...(total ? [`${formatNumber(total.limit)} a ${PERIOD_WORDS[total.period]}`] : []),
  ];
  const sentences = [
    amounts.length > 0
      ? `${who} gets at most ${amounts.join(", ")}${sharing(rate, burst)}.`
      : `${who} is not limited.`,
  ];
  if (isBypassed) sentences.push("The method asks for no key, so the plan's limits do not hold here.");
  return sentences.join(" ");
}

function throttleAmounts(rate: number | undefined, burst: number | undefined): string[] {
  if (rate === undefined || burst === undefined) return [];
  if (burst === 0) return ["no request at all"];
  if (rate === 0) return [`${formatNumber(burst)} in all`];
  return [rateWords(rate), `bursts of ${formatNumber(burst)}`];
}

function sharing(rate: LimitLayer | undefined, burst: LimitLayer | undefined): string {
  const [ofRate, ofBurst] = [rate, burst].map((layer) => layer !== undefined && IS_SHARED.has(layer.name));
  if (ofRate && ofBurst) return "; rate and burst are shared with other clients";
  if (ofRate) return "; the rate is shared with other clients";
  return ofBurst ? "; the burst is shared with other clients" : "";
}
