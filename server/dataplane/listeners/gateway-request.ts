import type { HttpRequest, RequestBody } from "@/server/gateway/http-message";
import type { ClientRequest } from "../http1/client-connection";
import { NO_BODY } from "../http1/incoming-body";
import type { GatewayAddress } from "./address";
import { withoutConsoleCookies } from "./console-cookies";

/** A client's request as the engine sees it. */
export class GatewayRequest implements HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly fullPath: string;
  readonly rawQuery: string;
  readonly domainName: string;
  readonly customDomain: { readonly basePathMatched: string } | null;
  readonly headers: readonly string[];
  readonly body: RequestBody;
  cancel: (() => void) | null = null;

  constructor(
    private readonly client: ClientRequest,
    address: GatewayAddress,
  ) {
    const { head, body } = client;
    this.domainName = address.domainName;
    this.customDomain = address.customDomain;
    this.method = head.methodOverride ?? head.method;
    this.path = address.path;
    this.fullPath = address.fullPath;
    this.rawQuery = address.rawQuery;
    this.headers = head.hasCookies ? withoutConsoleCookies(head.headers) : head.headers;
    this.body = body ?? NO_BODY;
  }

  get forwarded() {
    const { localPort, security } = this.client.connection;
    return { port: localPort, protocol: security === null ? ("http" as const) : ("https" as const) };
  }
  get clientCertificate() {
    return this.client.connection.security?.clientCertificate ?? null;
  }
  get sourceIp(): string {
    return this.client.connection.sourceIp;
  }
  get requestLine(): { method: string; path: string } {
    const { method, target } = this.client.head;
    const [path = "/"] = target.split("?");
    return { method, path: path.startsWith("/") ? path : path.replace(/^https?:\/\/[^/]*/i, "") || "/" };
  }
  get protocol(): string {
    return `HTTP/1.${this.client.head.minorVersion}`;
  }
}
