import type { KeyMetricIncrement } from "@/server/db/dataplane/metric-queries";
import type { Clock, ExchangeRecord, KnownKey } from "@/server/gateway/ports";
import { WaitingRows } from "./waiting-rows";

/**
 * Keys named in an hour, each on each stage one. Those that come later in that hour are added up, stage by stage, so
 * that an hour has at most so many rows and one per stage, and a minute too.
 */
export const MAX_NAMED_KEYS = 500;
/** Rows kept while the database is away: 40 minutes of all keys that are named. */
const MAX_WAITING = 20_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** Counts per minute, stage, plan and key, bounded in number, until somebody takes and stores them. */
export class KeyMinutes {
  #minuteEndMs = 0;
  #hour = 0;
  /** Names of this hour, as `nameOf` says them without the minute. */
  #named = new Set<string>();
  /**
   * The running minute: apiId → stage → key → counts, so that no name is glued together per request of a named key;
   * those without a name are under null.
   */
  #current = new Map<string, Map<string, Map<KnownKey | null, KeyMetricIncrement>>>();
  #waiting = new WaitingRows<KeyMetricIncrement>({
    max: MAX_WAITING,
    nameOf: (row) => `${nameOf(row)} ${row.minuteMs}`,
    add: (row, more) => {
      row.count += more.count;
      row.errors4xx += more.errors4xx;
      row.errors5xx += more.errors5xx;
      row.throttled += more.throttled;
    },
  });

  constructor(private readonly clock: Clock) {}

  get droppedRows(): number {
    return this.#waiting.dropped;
  }

  /** Counts a request with a key. */
  record(record: ExchangeRecord, key: KnownKey): void {
    const nowMs = this.clock.nowMs();
    if (nowMs >= this.#minuteEndMs) this.#turnMinute(nowMs);
    const counts = this.#countsOf(record, key);
    counts.count++;
    if (record.status >= 500) counts.errors5xx++;
    else if (record.status >= 400) counts.errors4xx++;
    if (record.isThrottled) counts.throttled++;
  }

  /** All counts since the last call. Give them to `restore` if storing fails. */
  take(): KeyMetricIncrement[] {
    this.#closeCurrent();
    return this.#waiting.take();
  }

  restore(rows: readonly KeyMetricIncrement[]): void {
    this.#waiting.restore(rows);
  }

  #countsOf({ apiId, stageName }: ExchangeRecord, key: KnownKey): KeyMetricIncrement {
    const keys = within(within(this.#current, apiId), stageName);
    const known = keys.get(key);
    if (known) return known;
    const name = { apiId, stage: stageName, planId: key.plan.planId, keyId: key.id };
    const slot = this.#isNamed(nameOf(name)) ? key : null;
    let counts = keys.get(slot);
    if (!counts) {
      counts = {
        ...(slot ? name : { apiId, stage: stageName, planId: "", keyId: "" }),
        minuteMs: this.#minuteEndMs - MINUTE_MS,
        count: 0,
        errors4xx: 0,
        errors5xx: 0,
        throttled: 0,
      };
      keys.set(slot, counts);
    }
    return counts;
  }

  #isNamed(name: string): boolean {
    if (this.#named.has(name)) return true;
    if (this.#named.size >= MAX_NAMED_KEYS) return false;
    this.#named.add(name);
    return true;
  }

  #turnMinute(nowMs: number): void {
    this.#closeCurrent();
    this.#minuteEndMs = Math.floor(nowMs / MINUTE_MS) * MINUTE_MS + MINUTE_MS;
    const hour = Math.floor(nowMs / HOUR_MS);
    if (hour === this.#hour) return;
    this.#hour = hour;
    this.#named = new Set();
  }

  #closeCurrent(): void {
    for (const stages of this.#current.values()) {
      for (const keys of stages.values()) for (const counts of keys.values()) this.#waiting.put(counts);
    }
    this.#current = new Map();
  }
}

type Name = Pick<KeyMetricIncrement, "apiId" | "stage" | "planId" | "keyId">;

function nameOf({ apiId, stage, planId, keyId }: Name): string {
  return `${apiId} ${stage} ${planId} ${keyId}`;
}

/** The map in a map, made where there is none. */
function within<K, V>(map: Map<string, Map<K, V>>, name: string): Map<K, V> {
  let inner = map.get(name);
  if (!inner) {
    inner = new Map();
    map.set(name, inner);
  }
  return inner;
}
