import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { Clock, RequestSignatures, RequestToVerify, SignatureVerdict } from "@/server/gateway/ports";
import {
  type Authorization,
  parseAuthorization,
  SIGV4_ALGORITHM,
} from "@/server/toolkit/sigv4/authorization";
import { canonicalRequest } from "@/server/toolkit/sigv4/canonical-request";
import type { MemoryAccessKeys } from "./access-keys";

const SERVICE = "execute-api";
const MAX_SKEW_MS = 5 * 60_000;
/** The longest a signed address may be good for. */
const MAX_EXPIRES_S = 604_800;
const MISMATCH =
  "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";

/** A signature as the request carries it: in its Authorization header, or in the query of a signed address. */
type Claim = Authorization & {
  /** `20261125T160749Z`. */
  readonly sentAt: string;
  /** How long after it the signature holds; null is the usual skew either way. */
  readonly expiresS: number | null;
};

type Refusal = Exclude<SignatureVerdict, { outcome: "verified" }>;

/** The RequestSignatures port over the access keys of a workspace. */
export class AccessKeySignatures implements RequestSignatures {
  constructor(
    private readonly keys: Pick<MemoryAccessKeys, "find">,
    private readonly clock: Pick<Clock, "nowMs">,
  ) {}

  async verify(request: RequestToVerify): Promise<SignatureVerdict> {
    const claim = claimOf(request);
    if ("outcome" in claim) return claim;
    const refusal = scopeFault(claim) ?? clockFault(claim, this.clock.nowMs());
    if (refusal) return refusal;
    const key = this.keys.find(claim.accessKeyId, request.workspaceId);
    if (!key) {
      return {
        outcome: "unknown-key",
        message: "The security token included in the request is invalid.",
      };
    }
    // Of the body that came: a hash the client claims proves nothing.
    const payloadHash = sha256(await request.body());
    const expected = signatureOf(request, claim, { secret: key.secretAccessKey, payloadHash });
    if (!isSame(expected, claim.signature)) return { outcome: "invalid", message: MISMATCH };
    return { outcome: "verified", accessKeyId: key.id, name: key.name, policy: key.policy };
  }
}

function claimOf(request: RequestToVerify): Claim | Refusal {
  const header = headerOf(request, "authorization");
  if (header === null) return addressClaim(request.query);
  const authorization = parseAuthorization(header);
  if ("fault" in authorization) return { outcome: "incomplete", message: authorization.fault };
  const sentAt = headerOf(request, "x-amz-date") ?? basicFormat(Date.parse(headerOf(request, "date") ?? ""));
  if (sentAt === null || Number.isNaN(timeOf(sentAt))) {
    return {
      outcome: "incomplete",
      message:
        "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. Date must be in ISO-8601 'basic format'.",
    };
  }
  return { ...authorization, sentAt, expiresS: null };
}

function addressClaim(query: string): Claim | Refusal {
  const parameters = new URLSearchParams(query.replaceAll("+", "%2B"));
  const get = (name: string) => parameters.get(`X-Amz-${name}`);
  const signature = get("Signature");
  if (signature === null) return { outcome: "missing", message: "Missing Authentication Token" };
  const credential = get("Credential") ?? "";
  const names = get("SignedHeaders") ?? "";
  const authorization = parseAuthorization(
    `${get("Algorithm")} Credential=${credential}, SignedHeaders=${names}, Signature=${signature}`,
  );
  if ("fault" in authorization) return { outcome: "incomplete", message: authorization.fault };
  const sentAt = get("Date") ?? "";
  const expiresS = Number(get("Expires") ?? Number.NaN);
  if (Number.isNaN(timeOf(sentAt)) || !(expiresS >= 1 && expiresS <= MAX_EXPIRES_S)) {
    return {
      outcome: "incomplete",
      message: "AWS query-string parameters must include 'X-Amz-Date' and 'X-Amz-Expires'.",
    };
  }
  return { ...authorization, sentAt, expiresS };
}

function scopeFault({ service, date, sentAt, signedHeaders }: Claim): Refusal | null {
  if (service !== SERVICE) return invalid(`Credential should be scoped to correct service: '${SERVICE}'. `);
  if (!sentAt.startsWith(date)) {
    return invalid(
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${date}' != '${sentAt.slice(0, 8)}', from '${sentAt}'.`,
    );
  }
  if (!signedHeaders.includes("host"))
    return invalid("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
  return null;
}

function clockFault({ sentAt, expiresS }: Claim, nowMs: number): Refusal | null {
  const at = timeOf(sentAt);
  const clock = basicFormat(nowMs);
  const lifeMs = expiresS === null ? MAX_SKEW_MS : expiresS * 1000;
  if (nowMs > at + lifeMs) {
    const edge = basicFormat(nowMs - lifeMs);
    return {
      outcome: "expired",
      message: `Signature expired: ${sentAt} is now earlier than ${edge} (${clock} - ${lifeMs / 60_000} min.)`,
    };
  }
  if (at > nowMs + MAX_SKEW_MS) {
    const edge = basicFormat(nowMs + MAX_SKEW_MS);
    return invalid(`Signature not yet current: ${sentAt} is still later than ${edge} (${clock} + 5 min.)`);
  }
  return null;
}

function invalid(message: string): Refusal {
  return { outcome: "invalid", message };
}

function signatureOf(
  request: RequestToVerify,
  { date, region, service, signedHeaders, sentAt }: Claim,
  { secret, payloadHash }: { secret: string; payloadHash: string },
): string {
  const canonical = canonicalRequest({
    method: request.method,
    path: request.path,
    query: request.query,
    header: (name) => headerOf(request, name.toLowerCase()),
    signedHeaders,
    payloadHash,
  });
  const scope = `${date}/${region}/${service}/aws4_request`;
  const text = [SIGV4_ALGORITHM, sentAt, scope, sha256(Buffer.from(canonical))].join("\n");
  const key = [date, region, service, "aws4_request"].reduce<string | Buffer>(
    (parent, part) => createHmac("sha256", parent).update(part).digest(),
    `AWS4${secret}`,
  );
  return createHmac("sha256", key).update(text).digest("hex");
}

/** All values of a header, joined as they are signed; null if there is none. */
function headerOf({ headers }: RequestToVerify, lower: string): string | null {
  const values: string[] = [];
  for (let i = 0; i + 1 < headers.length; i += 2) {
    if (headers[i]?.toLowerCase() === lower) values.push((headers[i + 1] as string).trim());
  }
  return values.length === 0 ? null : values.join(",");
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function isSame(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given.toLowerCase())];
  return a.length === b.length && timingSafeEqual(a, b);
}

function timeOf(text: string): number {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text) ?? [];
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

function basicFormat(atMs: number): string | null {
  if (Number.isNaN(atMs)) return null;
  return `${new Date(atMs).toISOString().replace(/[-:]/g, "").slice(0, 15)}Z`;
}
