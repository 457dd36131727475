import http from "node:http";
import type { AddressInfo } from "node:net";

export type SeenRequest = { method: string; url: string; headers: [string, string][]; body: Buffer };

export type StubBackend = {
  url: string;
  host: string;
  seen: SeenRequest[];
  kind: string;
  objects: Record<string, string>;
  close: () => Promise<void>;
};

/** The back ends the cases talk to, one server that plays the part asked for in `kind`. */
export async function startStubBackend(): Promise<StubBackend> {
  const stub: StubBackend = {
    url: "",
    host: "",
    seen: [],
    kind: "http-echo",
    objects: {},
    close: async () => {},
  };
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      const raw = request.rawHeaders;
      const headers: [string, string][] = [];
      for (let i = 0; i < raw.length; i += 2) headers.push([raw[i] as string, raw[i + 1] as string]);
      const seen = {
        method: request.method ?? "",
        url: request.url ?? "/",
        headers,
        body: Buffer.concat(chunks),
      };
      stub.seen.push(seen);
      answer(stub, seen, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  stub.url = `http://127.0.0.1:${port}`;
  stub.host = `127.0.0.1:${port}`;
  stub.close = () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return stub;
}

function answer(stub: StubBackend, seen: SeenRequest, response: http.ServerResponse): void {
  // The recorded back ends are function URLs, which show one slash where a path begins with two.
  const url = new URL(seen.url.replace(/^\/{2,}/, "/"), "http://stub");
  const text = seen.body.toString();
  const args: Record<string, string> = {};
  for (const [name, value] of url.searchParams) args[name] = name in args ? `${args[name]},${value}` : value;
  const json = (body: unknown, status = 200, headers: Record<string, string> = {}) => {
    const written = JSON.stringify(body);
    response.writeHead(status, {
      "Content-Type": "application/json",
      "Content-Length": Buffer.byteLength(written),
      ...headers,
    });
    response.end(written);
  };
  switch (stub.kind) {
    case "http-echo-httpbin":
      json(
        {
          args,
          data: text,
          files: {},
          form: {},
          headers: Object.fromEntries(seen.headers),
          json: parsedOr(text, null),
          origin: "127.0.0.1",
          url: url.href,
        },
        200,
        {
          "Access-Control-Allow-Origin": "*",
          "Access-Control-Allow-Credentials": "true",
          Server: "gunicorn/19.9.0",
          Connection: "keep-alive",
        },
      );
      return;
    case "http-status-echo": {
      const last = Number(url.pathname.split("/").at(-1));
      const status = Number.isInteger(last) && last >= 200 && last <= 599 ? last : 400;
      json({ status_code: status, message: "" }, status);
      return;
    }
    case "http-raw-echo":
      response.writeHead(200, { "Content-Type": "application/json" });
      response.end(seen.body);
      return;
    case "http-capture":
      response.writeHead(200);
      response.end();
      return;
    case "http-object-store": {
      const stored = stub.objects[url.pathname.slice(1)] ?? stub.objects[url.pathname];
      response.writeHead(stored === undefined ? 404 : 200, {
        "Content-Type": url.searchParams.get("response-content-type") ?? "binary/octet-stream",
        ETag: '"stub"',
      });
      response.end(Buffer.from(stored ?? "", "base64"));
      return;
    }
    default:
      json(
        {
          args,
          data: parsedOr(text, text),
          domain: stub.host,
          headers: Object.fromEntries(seen.headers.map(([name, value]) => [name.toLowerCase(), value])),
          method: seen.method,
          origin: "127.0.0.1",
          path: url.pathname,
        },
        200,
        { "x-amzn-RequestId": "from-the-back-end" },
      );
  }
}

function parsedOr(text: string, otherwise: unknown): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return otherwise;
  }
}
