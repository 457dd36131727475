import { ServiceError } from "@/server/domain/errors";
import { type Quota, quotaSchema, type Throttle, throttleSchema } from "@/server/gateway/snapshot/usage-plan";

/** Limits as a caller gives them; null takes them away, absent leaves them as they are. */
export type PlanLimitsInput = {
  throttle?: Throttle | null;
  quota?: (Omit<Quota, "offset"> & { offset?: number }) | null;
};

const MAX_INT = 2_147_483_647;
/** The greatest offset per period: AWS allows none for days, up to 6 for weeks and 27 for months. */
const MAX_OFFSET: Record<Quota["period"], number> = { DAY: 0, WEEK: 6, MONTH: 27 };

/** Limits as columns of the plan. Throws INVALID for limits out of range. */
export function limitColumns({ throttle, quota }: PlanLimitsInput) {
  return { ...throttleColumns(throttle), ...quotaColumns(quota) };
}

function throttleColumns(throttle: Throttle | null | undefined) {
  if (throttle === undefined) return {};
  if (throttle === null) return { rateLimit: null, burstLimit: null, throttleShadow: false };
  const { rateLimit, burstLimit, shadow } = requireThrottle(throttle, "throttle");
  return { rateLimit, burstLimit, throttleShadow: shadow };
}

export function requireThrottle(throttle: unknown, fieldPath: string): Throttle {
  const parsed = throttleSchema.safeParse(throttle);
  if (!parsed.success || parsed.data.burstLimit > MAX_INT) {
    throw new ServiceError(
      "INVALID",
      "A throttle has a rate (requests per second) and a burst (requests), 0 or more",
      {
        fieldPath,
      },
    );
  }
  return parsed.data;
}

function quotaColumns(quota: PlanLimitsInput["quota"]) {
  if (quota === undefined) return {};
  if (quota === null) {
    return { quotaLimit: null, quotaOffset: 0, quotaPeriod: null, quotaMode: "strict", quotaShadow: false };
  }
  const parsed = quotaSchema.safeParse(quota);
  if (!parsed.success || parsed.data.limit > MAX_INT) {
    throw new ServiceError("INVALID", "A quota has a limit of at least 1 and a period: DAY, WEEK or MONTH", {
      fieldPath: "quota",
    });
  }
  const { limit, offset, period, mode, shadow } = parsed.data;
  if (offset > MAX_OFFSET[period]) {
    throw new ServiceError(
      "INVALID",
      `The offset of a quota per ${period} is at most ${MAX_OFFSET[period]}`,
      {
        fieldPath: "quota.offset",
      },
    );
  }
  // Who does not speak of mode and shadow (AWS's clients) leaves them as they are.
  return {
    quotaLimit: limit,
    quotaOffset: offset,
    quotaPeriod: period,
    quotaMode: mode,
    quotaShadow: shadow,
  };
}
