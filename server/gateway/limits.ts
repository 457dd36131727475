/** Payload of a request or of a buffered answer (quotas: 10 MB). */
export const MAX_PAYLOAD_BYTES = 10_485_760;
/** Request line and headers together. */
export const MAX_HEADER_BYTES = 10_240;
/** Arrays and objects inside each other in JSON that is read; ours: AWS names none. */
export const MAX_JSON_DEPTH = 1_000;
/** An account's request rate and burst (quotas, adjustable on AWS). */
export const ACCOUNT_THROTTLE = { rateLimit: 10_000, burstLimit: 5_000 } as const;
