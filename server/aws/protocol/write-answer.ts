import type { AwsError } from "./aws-error";

/** What a handler may answer besides a JSON value: bytes with headers of their own (exports, SDKs). */
export class RawAnswer {
  constructor(
    readonly body: string | Uint8Array<ArrayBuffer>,
    readonly headers: Readonly<Record<string, string>>,
  ) {}
}

/** An answer of the given status; undefined members are left out, dates become epoch seconds. */
export function writeAnswer(value: unknown, status: number, requestId: string): Response {
  const headers = { "x-amzn-requestid": requestId };
  if (value instanceof RawAnswer) {
    return new Response(value.body, { status, headers: { ...headers, ...value.headers } });
  }
  if (value === undefined) {
    // 204 has no body; AWS's 202s of deletions have an empty one.
    return new Response(null, { status, headers });
  }
  return json(JSON.stringify(encode(value)), status, headers);
}

export function writeError(error: AwsError, requestId: string): Response {
  const headers = { "x-amzn-requestid": requestId, "x-amzn-errortype": error.code };
  return json(JSON.stringify({ message: error.message }), error.status, headers);
}

function json(body: string, status: number, headers: Record<string, string>): Response {
  return new Response(body, { status, headers: { ...headers, "content-type": "application/json" } });
}

function encode(value: unknown): unknown {
  if (value instanceof Date) return Math.floor(value.getTime() / 1000);
  if (Array.isArray(value)) return value.map(encode);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, encode(entry)]));
}
