import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { KnownAccessKey } from "@/server/auth/access-key";
import { AwsError, type AwsErrorCode } from "@/server/aws/protocol/aws-error";
import {
  type Authorization,
  parseAuthorization,
  SIGV4_ALGORITHM,
} from "@/server/toolkit/sigv4/authorization";
import { canonicalRequest } from "@/server/toolkit/sigv4/canonical-request";

const MAX_SKEW_MS = 5 * 60_000;
const SERVICE = "apigateway";

export type RequestToVerify = {
  method: string;
  /** Path and query as they came in the request line. */
  path: string;
  query: string;
  headers: Headers;
  body: Uint8Array;
};

export type Signer = KnownAccessKey & { readonly accessKeyId: string; readonly region: string };

/** Who signed a request (Signature Version 4). Throws an AwsError in the words of AWS's own front. */
export async function verifySignature(
  request: RequestToVerify,
  { now, findSigner }: { now: Date; findSigner: (accessKeyId: string) => Promise<KnownAccessKey | null> },
): Promise<Signer> {
  const header = request.headers.get("authorization");
  if (!header) throw new AwsError("MissingAuthenticationTokenException", "Missing Authentication Token");
  const authorization = parseAuthorization(header);
  if ("fault" in authorization) throw new AwsError("IncompleteSignatureException", authorization.fault);
  const sent = timeOf(request.headers);
  checkScope(authorization, sent);
  checkClock(sent, now);
  const signer = await findSigner(authorization.accessKeyId);
  if (!signer) {
    throw new AwsError(
      "UnrecognizedClientException",
      "The security token included in the request is invalid.",
    );
  }
  const expected = signatureOf(request, authorization, { sent, secret: signer.secretAccessKey });
  if (!isSame(expected, authorization.signature)) {
    throw invalid(
      "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
    );
  }
  return { ...signer, accessKeyId: authorization.accessKeyId, region: authorization.region };
}

function timeOf(headers: Headers): string {
  const sent = headers.get("x-amz-date");
  if (sent && /^\d{8}T\d{6}Z$/.test(sent)) return sent;
  if (sent)
    throw refusal("IncompleteSignatureException", `Date must be in ISO-8601 'basic format'. Got '${sent}'.`);
  const date = new Date(headers.get("date") ?? "");
  if (!Number.isNaN(date.getTime())) return basicFormat(date);
  throw refusal(
    "IncompleteSignatureException",
    "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
  );
}

function checkScope({ date, service, signedHeaders }: Authorization, sent: string): void {
  if (service !== SERVICE) throw invalid(`Credential should be scoped to correct service: '${SERVICE}'. `);
  if (!sent.startsWith(date)) {
    throw invalid(
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${date}' != '${sent.slice(0, 8)}', from '${sent}'.`,
    );
  }
  if (!signedHeaders.includes("host")) {
    throw invalid("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
  }
}

function checkClock(sent: string, now: Date): void {
  const [, year, month, day, hour, minute, second] = /^(....)(..)(..)T(..)(..)(..)Z$/.exec(sent) ?? [];
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  const clock = basicFormat(now);
  if (!(at >= now.getTime() - MAX_SKEW_MS)) {
    const edge = basicFormat(new Date(now.getTime() - MAX_SKEW_MS));
    throw invalid(`Signature expired: ${sent} is now earlier than ${edge} (${clock} - 5 min.)`);
  }
  if (at > now.getTime() + MAX_SKEW_MS) {
    const edge = basicFormat(new Date(now.getTime() + MAX_SKEW_MS));
    throw invalid(`Signature not yet current: ${sent} is still later than ${edge} (${clock} + 5 min.)`);
  }
}

function signatureOf(
  { method, path, query, headers, body }: RequestToVerify,
  { date, region, service, signedHeaders }: Authorization,
  { sent, secret }: { sent: string; secret: string },
): string {
  const canonical = canonicalRequest({
    method,
    path,
    query,
    header: (name) => headers.get(name),
    signedHeaders,
    // Always of the body that came: a hash the client claims proves nothing.
    payloadHash: sha256(body),
  });
  const scope = `${date}/${region}/${service}/aws4_request`;
  const text = [SIGV4_ALGORITHM, sent, scope, sha256(Buffer.from(canonical))].join("\n");
  const key = [date, region, service, "aws4_request"].reduce<string | Buffer>(
    (parent, part) => createHmac("sha256", parent).update(part).digest(),
    `AWS4${secret}`,
  );
  return createHmac("sha256", key).update(text).digest("hex");
}

function isSame(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given.toLowerCase())];
  return a.length === b.length && timingSafeEqual(a, b);
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function basicFormat(date: Date): string {
  return `${date.toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
}

const refusal = (code: AwsErrorCode, message: string) => new AwsError(code, message);
const invalid = (message: string) => refusal("InvalidSignatureException", message);
