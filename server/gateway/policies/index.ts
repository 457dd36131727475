import { apiKeyPolicy } from "./api-key";
import { authorizePolicy } from "./authorize";
import { limitsPolicy } from "./limits";
import type { Policy } from "./policy";

/** The policies in the order a request meets them. */
export const policies: readonly Policy[] = [authorizePolicy, apiKeyPolicy, limitsPolicy];
