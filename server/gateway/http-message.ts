import type { ByteStream } from "@/server/toolkit/utf8";

export type { ByteStream };

/** Header fields as on the wire: name, value, name, value … with their casing and repetitions. */
export type HeaderList = readonly string[];

/** A body that is read at most once, either whole or piece by piece. */
export type RequestBody = {
  /** Bytes if the length is known beforehand (0: there is no body); null when it is chunked. */
  readonly sizeBytes: number | null;
  /** The whole body. Rejects with a GatewayError REQUEST_TOO_LARGE above the payload quota. */
  bytes(): Uint8Array | Promise<Uint8Array>;
  /** The body as it comes in; iterating fails as `bytes` does. */
  stream(): ByteStream;
};

/** A client's request as a listener hands it to the pipeline. Nothing in it is decoded. */
export type HttpRequest = {
  readonly method: string;
  /** Path behind the stage, without the query: `/pets/1`. Always starts with "/". */
  readonly path: string;
  /** Path with the stage, as `$context.path` shows it: `/prod/pets/1`. */
  readonly fullPath: string;
  /** Verb and path of the request line, which are what a client signs; the path without the query. */
  readonly requestLine: { readonly method: string; readonly path: string };
  /** The query string without "?"; "" if there is none. */
  readonly rawQuery: string;
  readonly headers: HeaderList;
  readonly body: RequestBody;
  /**
   * What the gateway says of the client's connection: X-Forwarded-For, -Port and -Proto among the method request's
   * headers. Null in a test run, which has no connection.
   */
  readonly forwarded: { readonly port: number; readonly protocol: "http" | "https" } | null;
  /** Address of the TCP peer. */
  readonly sourceIp: string;
  /** Host name of the request without the port. */
  readonly domainName: string;
  /** How a request by a custom domain name was found; absent or null: it named an API's own address. */
  readonly customDomain?: { /** "" is the empty base path. */ readonly basePathMatched: string } | null;
  /** What the client showed on a domain name with mutual TLS; it is verified. */
  readonly clientCertificate?: PresentedCertificate | null;
  /** Set while a back end is called: gives the call up. The listener uses it when the client is gone. */
  cancel: (() => void) | null;
  /** `HTTP/1.1`. */
  readonly protocol: string;
};

/** A client's certificate in AWS's words (`$context.identity.clientCert`). */
export type PresentedCertificate = {
  readonly clientCertPem: string;
  readonly subjectDN: string;
  readonly issuerDN: string;
  /** Hexadecimal digits in pairs: `a1:b2`. */
  readonly serialNumber: string;
  /** `May 28 12:30:02 2019 GMT`. */
  readonly validity: { readonly notBefore: string; readonly notAfter: string };
};

export type AnswerBody = string | Uint8Array | ByteStream | null;

/** What the listener writes. Content-Length, Date and Connection are the listener's business. */
export type HttpAnswer = {
  readonly status: number;
  readonly headers: HeaderList;
  readonly body: AnswerBody;
};

/** A body that is held in memory already. */
export function bodyOf(bytes: Uint8Array): RequestBody {
  return { sizeBytes: bytes.length, bytes: () => bytes, stream: () => onePiece(bytes) };
}

async function* onePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  if (bytes.length > 0) yield bytes;
}

/** Lets a streamed body go that nobody will read to its end, so that its back-end connection is freed. */
export function closeBody(body: AnswerBody): void {
  if (body === null || typeof body === "string" || body instanceof Uint8Array) return;
  body.destroy?.();
}
