import type { LimitName, LimitRefusal } from "@/server/gateway/ports";

const MAX_LINES = 100;

type Totals = Record<LimitName, number>;
const none = (): Totals => ({ "plan-method": 0, plan: 0, method: 0, account: 0, quota: 0 });

/** One limit in shadow mode with how many requests it would have refused since the last time it was told. */
export type ShadowLine = Pick<LimitRefusal, "limit" | "subject" | "value"> & { count: number };

/** How often each kind of limit refused, or would have. */
export class LimitCounts {
  readonly refused = none();
  readonly shadowed = none();
  #lines = new Map<string, ShadowLine>();

  countRefused({ limit }: LimitRefusal): void {
    this.refused[limit]++;
  }

  countShadowed({ limit, subject, value }: LimitRefusal): void {
    this.shadowed[limit]++;
    const line = this.#lines.get(`${limit}/${subject}`);
    if (line) line.count++;
    else if (this.#lines.size < MAX_LINES)
      this.#lines.set(`${limit}/${subject}`, { limit, subject, value, count: 1 });
  }

  /** For the log, at most a hundred limits at a time. */
  takeShadowLines(): ShadowLine[] {
    const lines = [...this.#lines.values()];
    this.#lines = new Map();
    return lines;
  }
}
