import { createHash, createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { Readable } from "node:stream";
import * as sdk from "@aws-sdk/client-api-gateway";
import { HttpRequest, type HttpResponse } from "@smithy/protocol-http";
import { SignatureV4 } from "@smithy/signature-v4";
import type { Outcome } from "./case-types";
import { parseJson } from "./match-expected";

type Wire = {
  method: string;
  uri: string;
  uriParams?: Record<string, string>;
  queryParams?: Record<string, string>;
  headerParams?: Record<string, string>;
  renamedInput?: Record<string, string>;
  renamedOutput?: Record<string, string>;
  payload?: string;
};
type Credentials = { accessKeyId: string; secretAccessKey: string };
type Params = Record<string, unknown>;
const REGION = "us-east-1";

/** Sends operations as AWS's SDK does; what the SDK itself would not let through goes out signed as it is. */
export class OperationSender {
  readonly #wires: Record<string, Wire>;
  readonly #client: sdk.APIGatewayClient;
  #raw: Promise<{ status: number; headers: Record<string, string>; text: string }> | undefined;

  constructor(
    folder: string,
    private readonly endpoint: string,
    private readonly credentials: Credentials,
  ) {
    this.#wires = JSON.parse(readFileSync(path.join(folder, "sdk_to_wire.json"), "utf8"));
    this.#client = new sdk.APIGatewayClient({ endpoint, region: REGION, credentials, maxAttempts: 1 });
    this.#client.middlewareStack.add(
      (next) => async (args) => {
        const result = await next(args);
        const response = result.response as HttpResponse;
        const text = await new Response(Readable.toWeb(response.body) as ReadableStream).text();
        this.#raw = Promise.resolve({ status: response.statusCode, headers: response.headers, text });
        response.body = Readable.from([Buffer.from(text)]);
        return result;
      },
      { step: "deserialize", name: "keepAnswer", priority: "low" },
    );
  }

  async send(operation: string, params: Params): Promise<Outcome> {
    const wire = this.#wires[operation];
    if (!wire) throw new Error(`There is no operation ${operation}`);
    this.#raw = undefined;
    if (isTypedAsSdkWants(params)) {
      const Command = (sdk as unknown as Record<string, new (input: Params) => never>)[`${operation}Command`];
      if (Command) await this.#client.send(new Command(withBytes(params, wire))).catch(() => undefined);
    }
    const { status, headers, text } = (await this.#raw) ?? (await this.#sendRaw(wire, params));
    return outcomeOf({ operation, wire, status, headers, text });
  }

  async #sendRaw(wire: Wire, params: Params) {
    const { path: address, query, body } = wireRequest(wire, params);
    const base = new URL(this.endpoint);
    const signer = new SignatureV4({
      service: "apigateway",
      region: REGION,
      credentials: this.credentials,
      sha256: NodeSha256 as never,
    });
    const request = new HttpRequest({
      method: wire.method,
      hostname: base.hostname,
      port: Number(base.port),
      path: `${base.pathname}${address}`,
      query,
      headers: { host: base.host, "content-type": "application/json" },
      body,
    });
    const signed = await signer.sign(request);
    const search = new URLSearchParams(Object.entries(query)).toString().replaceAll("+", "%20");
    const answer = await fetch(`${base.origin}${request.path}${search ? `?${search}` : ""}`, {
      method: wire.method,
      headers: signed.headers,
      body: body === "" ? undefined : body,
    });
    return { status: answer.status, headers: Object.fromEntries(answer.headers), text: await answer.text() };
  }
}

/** The SDK writes what it is given; numbers and booleans where texts belong must reach the server as they are. */
function isTypedAsSdkWants(params: Params): boolean {
  return !["requestParameters", "requestTemplates", "responseTemplates", "responseParameters"].some(
    (name) => {
      const values = Object.values((params[name] ?? {}) as Params);
      return values.some((value) => value === null || typeof value === "number");
    },
  );
}

function withBytes(params: Params, { payload }: Wire): Params {
  if (!payload || typeof params[payload] !== "string") return params;
  return { ...params, [payload]: Buffer.from(params[payload]) };
}

function wireRequest(wire: Wire, params: Params) {
  const [template = "", fixed = ""] = wire.uri.split("?");
  const query: Record<string, string> = Object.fromEntries(new URLSearchParams(fixed));
  const body: Params = {};
  let address = template;
  for (const [name, value] of Object.entries(params)) {
    const inUri = wire.uriParams?.[name];
    const inQuery = wire.queryParams?.[name];
    if (inUri) address = address.replace(`{${inUri}}`, encodeURIComponent(String(value)));
    else if (inQuery && typeof value === "object") Object.assign(query, value);
    else if (inQuery) query[inQuery] = String(value);
    else body[wire.renamedInput?.[name] ?? name] = value;
  }
  const text = wire.payload ? String(params[wire.payload] ?? "") : JSON.stringify(body);
  return { path: address, query, body: Object.keys(body).length > 0 ? text : "" };
}

type Answer = {
  operation: string;
  wire: Wire;
  status: number;
  headers: Record<string, string>;
  text: string;
};

function outcomeOf({ operation, wire, status, headers, text }: Answer): Outcome {
  const json = parseJson(text);
  if (status >= 400) {
    const error = { Code: headers["x-amzn-errortype"] ?? "", Message: (json as Params)?.message as string };
    return { status, headers, body: json, error };
  }
  if (operation === "GetExport" || operation === "GetSdk") {
    const { "content-type": contentType, "content-disposition": contentDisposition } = headers;
    return { status, headers, body: { body: json ?? text, contentType, contentDisposition } };
  }
  const renamed = Object.entries(wire.renamedOutput ?? {}).map(([sdkName, name]) => [name, sdkName]);
  const names: Record<string, string> = Object.fromEntries(renamed);
  const body =
    typeof json === "object" && json !== null
      ? Object.fromEntries(Object.entries(json).map(([name, value]) => [names[name] ?? name, value]))
      : json;
  return { status, headers, body };
}

class NodeSha256 {
  #hash;
  constructor(key?: string | Uint8Array) {
    this.#hash = key ? createHmac("sha256", key) : createHash("sha256");
  }
  update(data: string | Uint8Array) {
    this.#hash.update(data);
  }
  async digest() {
    return new Uint8Array(this.#hash.digest());
  }
}
