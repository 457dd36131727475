import type { IncomingMessage } from "node:http";
import { GatheredBytes } from "@/server/adapters/gathered-bytes";
import { GatewayError } from "@/server/gateway/errors";
import type { HttpRequest, RequestBody } from "@/server/gateway/http-message";
import { MAX_PAYLOAD_BYTES } from "@/server/gateway/limits";
import type { GatewayAddress } from "./address";
import { withoutConsoleCookies } from "./console-cookies";

const EMPTY = Buffer.alloc(0);

/** The request headers the listener itself needs, found in one pass over the raw list. */
export type FramingHeaders = {
  host: string;
  /** How many Host fields there are. */
  hosts: number;
  /** Of names and values. */
  headerBytes: number;
  transferCoding: string | null;
  sizeBytes: number | null;
  hasCookies: boolean;
  /** The verb of X-HTTP-Method-Override, which counts instead of the request line's; null if there is none. */
  methodOverride: string | null;
};

const VERBS: ReadonlySet<string> = new Set(["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"]);

export function framingHeadersOf(rawHeaders: readonly string[]): FramingHeaders {
  let host = "";
  let hosts = 0;
  let headerBytes = 0;
  let transferCoding: string | null = null;
  let sizeBytes: number | null = 0;
  let hasCookies = false;
  let methodOverride: string | null = null;
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] as string;
    const value = rawHeaders[i + 1] as string;
    headerBytes += name.length + value.length;
    if (name.length === 4) {
      if (name.toLowerCase() === "host") {
        hosts++;
        host = value;
      }
    } else if (name.length === 6) {
      if (name.toLowerCase() === "cookie") hasCookies = true;
    } else if (name.length === 14) {
      if (name.toLowerCase() === "content-length") sizeBytes = Number(value);
    } else if (name.length === 17 && name.toLowerCase() === "transfer-encoding") {
      sizeBytes = null;
      transferCoding = transferCoding === null ? value : `${transferCoding}, ${value}`;
    } else if (name.length === 22 && name.toLowerCase() === "x-http-method-override") {
      const verb = value.toUpperCase();
      if (VERBS.has(verb)) methodOverride = verb;
    }
  }
  return { host, hosts, headerBytes, transferCoding, sizeBytes, hasCookies, methodOverride };
}

type RequestParts = {
  readonly address: GatewayAddress;
  readonly framing: FramingHeaders;
  /** Tells a client that waits for it to send its body; null if it does not wait. */
  readonly askForBody: (() => void) | null;
};

/** A node:http request as the engine sees it. */
export class NodeRequest implements HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly fullPath: string;
  readonly rawQuery: string;
  readonly domainName: string;
  readonly headers: readonly string[];
  readonly body: RequestBody;
  cancel: (() => void) | null = null;

  constructor(
    private readonly message: IncomingMessage,
    { address, framing: { sizeBytes, hasCookies, methodOverride }, askForBody }: RequestParts,
  ) {
    this.domainName = address.domainName;
    this.method = methodOverride ?? message.method ?? "GET";
    this.path = address.path;
    this.fullPath = address.fullPath;
    this.rawQuery = address.rawQuery;
    this.headers = hasCookies ? withoutConsoleCookies(message.rawHeaders) : message.rawHeaders;
    this.body = sizeBytes === 0 ? NO_BODY : new NodeBody(message, sizeBytes, askForBody);
  }

  get forwarded() {
    return { port: this.message.socket.localPort ?? 80, protocol: "http" as const };
  }
  get sourceIp(): string {
    const ip = this.message.socket.remoteAddress ?? "";
    return ip.startsWith("::ffff:") ? ip.slice(7) : ip;
  }
  get requestLine(): { method: string; path: string } {
    const { method = "GET", url = "/" } = this.message;
    const [target = "/"] = url.split("?");
    return {
      method,
      path: target.startsWith("/") ? target : target.replace(/^https?:\/\/[^/]*/i, "") || "/",
    };
  }
  get protocol(): string {
    return `HTTP/${this.message.httpVersion}`;
  }
}

const NO_BODY: RequestBody = {
  sizeBytes: 0,
  bytes: () => EMPTY,
  async *stream() {},
};

class NodeBody implements RequestBody {
  constructor(
    private readonly message: IncomingMessage,
    readonly sizeBytes: number | null,
    private readonly askForBody: (() => void) | null,
  ) {}

  bytes(): Promise<Uint8Array> {
    const { message } = this;
    // An authorizer may have taken its time: a client that left meanwhile sends no more events.
    if (message.destroyed) return Promise.reject(clientGone());
    this.askForBody?.();
    return new Promise((resolve, reject) => {
      const gathered = new GatheredBytes();
      const settle = () => {
        message.off("data", take).off("end", end).off("error", leave).off("close", leave);
      };
      const take = (chunk: Buffer) => {
        gathered.add(chunk);
        if (gathered.sizeBytes <= MAX_PAYLOAD_BYTES) return;
        settle();
        reject(new GatewayError("REQUEST_TOO_LARGE"));
      };
      const end = () => {
        settle();
        resolve(gathered.whole());
      };
      const leave = () => {
        settle();
        reject(clientGone());
      };
      message.on("data", take).on("end", end).on("error", leave).on("close", leave);
    });
  }

  async *stream(): AsyncIterable<Uint8Array> {
    const { message } = this;
    this.askForBody?.();
    let sizeBytes = 0;
    // Whoever stops reading must not take the connection away from the answer.
    for await (const chunk of message.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      sizeBytes += chunk.length;
      if (sizeBytes > MAX_PAYLOAD_BYTES) throw new GatewayError("REQUEST_TOO_LARGE");
      yield chunk;
    }
  }
}

/** Nobody will read the answer; the error only ends the exchange. */
function clientGone(): GatewayError {
  return new GatewayError("DEFAULT_4XX", {
    publicMessage: "Bad Request",
    logLine: "The client closed the connection",
  });
}
