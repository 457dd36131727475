/** A gateway asks for a part of what is left of a quota in one period. */
export type QuotaAsk = {
  readonly planId: string;
  readonly keyId: string;
  readonly startMs: number;
  /** All of the period's requests. */
  readonly limit: number;
  readonly wanted: number;
  /** How many of these are waiting: as much is given as long as there is any, more only while plenty is left. */
  readonly waiting: number;
};

export type QuotaGrant = {
  readonly granted: number;
  /** What nobody has used or reserved yet. */
  readonly free: number;
  /** What gateways have reserved and not used yet, as far as they have told; this grant is in it. */
  readonly reserved: number;
};

export type QuotaReturn = {
  readonly planId: string;
  readonly keyId: string;
  readonly startMs: number;
  readonly count: number;
};

/** Where all gateways' reservations are kept. Calls may reject. */
export type QuotaLedger = {
  /** One grant for each ask, in their order. No two grants of a quota are ever of the same part. */
  reserve(asks: readonly QuotaAsk[]): Promise<QuotaGrant[]>;
  /** Gives back what was reserved and will not be used. Never tried again: done twice it would give too much. */
  giveBack(returns: readonly QuotaReturn[]): Promise<void>;
};
