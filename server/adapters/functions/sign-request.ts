import { createHash, createHmac, type Hash, type Hmac } from "node:crypto";
import { HttpRequest } from "@smithy/protocol-http";
import { SignatureV4 } from "@smithy/signature-v4";

export type SigningCredentials = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
};

export type RequestToSign = {
  readonly method: string;
  /** `https://host:port`. */
  readonly origin: string;
  /** Percent-encoded, without a query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly service: string;
  readonly region: string;
  readonly at: Date;
};

/** SHA-256 as the signer wants it. */
class NodeSha256 {
  #hash: Hash | Hmac;

  constructor(private readonly secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = this.#fresh();
  }
  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(bytesOf(data));
  }
  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }
  reset(): void {
    this.#hash = this.#fresh();
  }
  #fresh(): Hash | Hmac {
    return this.secret === undefined ? createHash("sha256") : createHmac("sha256", bytesOf(this.secret));
  }
}

function bytesOf(data: string | ArrayBuffer | ArrayBufferView): string | Uint8Array {
  if (typeof data === "string") return data;
  return data instanceof ArrayBuffer
    ? new Uint8Array(data)
    : new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

/** The request's headers with those of Signature Version 4 added, among them Host. */
export async function signRequest(
  request: RequestToSign,
  credentials: SigningCredentials,
): Promise<Record<string, string>> {
  const { host, hostname, port, protocol } = new URL(request.origin);
  const signer = new SignatureV4({
    credentials,
    service: request.service,
    region: request.region,
    sha256: NodeSha256,
  });
  const signed = await signer.sign(
    new HttpRequest({
      method: request.method,
      protocol,
      hostname,
      port: port === "" ? undefined : Number(port),
      path: request.path,
      query: { ...request.query },
      headers: { ...request.headers, host },
      body: request.body,
    }),
    { signingDate: request.at },
  );
  return signed.headers;
}
