import type { Problem } from "@/server/domain/check/problem";
import type { Method } from "@/server/gateway/snapshot/method";
import type { MethodKey } from "../store/selection";

/** What every box's inspector is given. */
export type InspectorProps = {
  methodKey: MethodKey;
  path: string;
  method: Method;
  /** The problems of this box. */
  problems: readonly Problem[];
};
