import { apiKeyPolicy } from "./api-key";
import { authorizePolicy } from "./authorize";
import type { Policy } from "./policy";
import { stageThrottlePolicy } from "./stage-throttle";
import { usagePlanPolicy } from "./usage-plan";

/** The policies in the order a request meets them. */
export const policies: readonly Policy[] = [
  authorizePolicy,
  apiKeyPolicy,
  usagePlanPolicy,
  stageThrottlePolicy,
];
