import type { ByteStream } from "@/server/gateway/http-message";
import {
  type Clock,
  type FunctionAnswer,
  type FunctionCall,
  type FunctionInvoker,
  UpstreamError,
  type UpstreamHttp,
} from "@/server/gateway/ports";
import { type SigningCredentials, signRequest } from "./sign-request";

/** Where a workspace's functions run. */
export type FunctionEndpoint = {
  /** A server that speaks Lambda's Invoke; "" is AWS itself. */
  readonly url: string;
  /** For functions named without a region. */
  readonly region: string;
  /** Null: calls go unsigned, which only servers other than AWS take. */
  readonly credentials: SigningCredentials | null;
};

/** Gives a workspace's endpoint; null if it has none. Throws if it cannot be read. */
export type FunctionEndpoints = { of(workspaceId: string): FunctionEndpoint | null };

/** The FunctionInvoker port: Lambda's Invoke, signed, on AWS or any server that speaks it. */
export class LambdaInvoker implements FunctionInvoker {
  constructor(
    private readonly parts: {
      readonly http: UpstreamHttp;
      readonly clock: Pick<Clock, "nowMs">;
      readonly endpoints: FunctionEndpoints;
    },
  ) {}

  async invoke(call: FunctionCall): Promise<FunctionAnswer> {
    const endpoint = this.parts.endpoints.of(call.workspaceId);
    if (!endpoint) throw new UpstreamError("address", "the workspace has no function endpoint");
    const region = call.region ?? endpoint.region;
    const base = baseOf(endpoint, region);
    const path = `${base.path}/2015-03-31/functions/${encodeURIComponent(call.functionName)}/invocations`;
    const query: Record<string, string> = call.qualifier === null ? {} : { Qualifier: call.qualifier };
    const headers = await this.#headers(call, { ...base, path, query, region, endpoint });
    call.onSend?.(headers);
    const answer = await this.parts.http.send({
      method: "POST",
      origin: base.origin,
      path: call.qualifier === null ? path : `${path}?Qualifier=${encodeURIComponent(call.qualifier)}`,
      headers,
      body: call.payload,
      timeoutMs: call.timeoutMs,
      skipTlsVerification: false,
      clientCertificate: null,
      isBuffered: true,
      owner: call.owner,
    });
    return {
      status: answer.status,
      functionError: lastHeader(answer.headers, "x-amz-function-error"),
      headers: answer.headers,
      payload: await wholeOf(answer.body),
      log: logOf(lastHeader(answer.headers, "x-amz-log-result")),
    };
  }

  async #headers(
    call: FunctionCall,
    to: {
      origin: string;
      path: string;
      query: Record<string, string>;
      region: string;
      endpoint: FunctionEndpoint;
    },
  ): Promise<string[]> {
    const headers: Record<string, string> = { "X-Amz-Invocation-Type": call.invocationType };
    if (call.wantsLog) headers["X-Amz-Log-Type"] = "Tail";
    for (let i = 0; i + 1 < call.headers.length; i += 2)
      headers[call.headers[i] as string] = call.headers[i + 1] as string;
    const { credentials } = to.endpoint;
    if (!credentials) return Object.entries(headers).flat();
    const { origin, path, query, region } = to;
    const signed = await signRequest(
      {
        method: "POST",
        origin,
        path,
        query,
        headers,
        body: call.payload,
        service: "lambda",
        region,
        at: new Date(this.parts.clock.nowMs()),
      },
      credentials,
    );
    return Object.entries(signed)
      .filter(([name]) => name.toLowerCase() !== "host")
      .flat();
  }
}

function baseOf({ url, credentials }: FunctionEndpoint, region: string): { origin: string; path: string } {
  if (url === "") {
    if (!credentials) throw new UpstreamError("address", "AWS needs credentials, and none are set");
    return { origin: `https://lambda.${region}.amazonaws.com`, path: "" };
  }
  const { origin, pathname, protocol } = URL.canParse(url)
    ? new URL(url)
    : { origin: "", pathname: "", protocol: "" };
  if (protocol !== "http:" && protocol !== "https:")
    throw new UpstreamError("address", "the function endpoint is no http(s) address");
  return { origin, path: pathname.replace(/\/+$/, "") };
}

function lastHeader(headers: readonly string[], lower: string): string | null {
  for (let i = headers.length - 2; i >= 0; i -= 2)
    if (headers[i]?.toLowerCase() === lower) return headers[i + 1] ?? null;
  return null;
}

function logOf(base64: string | null): string | null {
  return base64 === null ? null : Buffer.from(base64, "base64").toString("utf8");
}

async function wholeOf(body: Uint8Array | ByteStream): Promise<Uint8Array> {
  if (body instanceof Uint8Array) return body;
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}
