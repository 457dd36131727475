/** A `traceparent` header that was understood. */
export type Traceparent = {
  /** 32 lower-case hex digits, not all zero. */
  readonly traceId: string;
  /** The caller's span: 16 lower-case hex digits, not all zero. */
  readonly parentId: string;
  readonly isSampled: boolean;
  /** Level 2's flag: the id's last seven bytes are random. */
  readonly isRandom: boolean;
  /** As it came. */
  readonly text: string;
};

const LENGTH = 55;
const FORM = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-|$)/;
const SAMPLED = 1;
const RANDOM = 2;

/**
 * Reads a `traceparent`; null if it must be ignored. Strict, as W3C's Trace Context wants it (§3.2): lower-case digits
 * only, no id of zeros, version 00 with nothing behind the flags. Later versions may have more behind another dash; of
 * them the parts of version 00 are read. Version ff is none.
 */
export function parseTraceparent(header: string): Traceparent | null {
  const text = header.trim();
  const found = FORM.exec(text);
  if (!found) return null;
  const [, version, traceId, parentId, flagDigits] = found as unknown as [
    string,
    string,
    string,
    string,
    string,
  ];
  if (version === "ff" || (version === "00" && text.length !== LENGTH)) return null;
  if (isZero(traceId) || isZero(parentId)) return null;
  const flags = Number.parseInt(flagDigits, 16);
  return {
    traceId,
    parentId,
    isSampled: (flags & SAMPLED) !== 0,
    isRandom: version === "00" && (flags & RANDOM) !== 0,
    text,
  };
}

/** A `traceparent` of version 00; ids as in Traceparent. */
export function formatTraceparent({
  traceId,
  parentId,
  isSampled,
  isRandom,
}: Omit<Traceparent, "text">): string {
  return `00-${traceId}-${parentId}-0${(isSampled ? SAMPLED : 0) + (isRandom ? RANDOM : 0)}`;
}

export function isZero(hexDigits: string): boolean {
  return /^0+$/.test(hexDigits);
}
