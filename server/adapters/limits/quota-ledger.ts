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

/** Granted in an earlier step whose answer never came. */
export type MissedGrant = {
  readonly step: number;
  readonly planId: string;
  readonly keyId: string;
  readonly startMs: number;
  readonly granted: number;
};

/** The number of a question, which goes up, and the last one all of whose grants have been received. */
export type AskStep = { readonly step: number; readonly done: number };

/** Where all gateways' reservations are kept. Calls may reject. */
export type QuotaLedger = {
  /**
   * One grant for each ask, in their order. No two grants of a quota are ever of the same part. What was granted in steps
   * after `done` is told again until it has been received; a step that is overtaken by a later one is granted nothing.
   */
  reserve(
    asks: readonly QuotaAsk[],
    at: AskStep,
  ): Promise<{ grants: readonly QuotaGrant[]; missed: readonly MissedGrant[] }>;
};

/** What is new in a period since the counts before. */
export type QuotaCount = {
  readonly startMs: number;
  /** Out of reservations. */
  readonly spent: number;
  /** Without one. */
  readonly extra: number;
  /** Reserved, and given back. */
  readonly returned: number;
};
