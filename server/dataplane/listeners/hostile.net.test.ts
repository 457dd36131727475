import net from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { buildApi } from "@/server/testing/api-builder";
import { sendRaw } from "@/server/testing/conformance/raw-request";
import { type GatewayFixture, startGateway } from "@/server/testing/gateway-fixture";
import { type Behaviour, startHostileBackend } from "@/server/testing/hostile-backend";

const API = "abc123defg";
let behaviour: Behaviour;
let backend: Awaited<ReturnType<typeof startHostileBackend>>;
let gateway: GatewayFixture;

beforeAll(async () => {
  backend = await startHostileBackend(() => behaviour);
  gateway = await startGateway();
  const proxy = { type: "HTTP_PROXY", httpMethod: "ANY", uri: `${backend.url}/x`, timeoutInMillis: 400 };
  const mapped = {
    type: "HTTP",
    httpMethod: "ANY",
    uri: `${backend.url}/x`,
    timeoutInMillis: 400,
    requestParameters: { "integration.request.header.X-Mapped": "method.request.querystring.q" },
    integrationResponses: {
      200: { responseParameters: { "method.response.header.X-Back": "integration.response.header.X-Back" } },
    },
  };
  const mock = {
    type: "MOCK",
    requestTemplates: { "application/json": '{"statusCode": 200}' },
    integrationResponses: {
      200: {
        responseTemplates: {
          "application/json": '#set($context.responseOverride.header.X-Q = $input.params("q"))ok',
        },
      },
    },
  };
  gateway.serve(
    API,
    buildApi({
      "ANY /proxy": { methodIntegration: proxy },
      "ANY /mapped": { methodIntegration: mapped },
      "ANY /mock": { methodIntegration: mock },
      "GET /patient": { methodIntegration: { ...proxy, timeoutInMillis: 29_000 } },
      "GET /refused": { methodIntegration: { ...proxy, uri: "http://127.0.0.1:1/" } },
      "GET /unknown": { methodIntegration: { ...proxy, uri: "http://no-such-host.invalid/" } },
    }),
    { stageName: "prod" },
  );
});
afterAll(async () => {
  await gateway.close();
  await backend.close();
});
beforeEach(() => {
  backend.heads.length = 0;
});

const head = (method: string, path: string, headers = "") =>
  `${method} /${API}/prod${path} HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n`;
const get = (path: string, headers = "") => sendRaw(gateway.port, head("GET", path, headers));
const headerIn = (answer: { headers: [string, string][] }, name: string) =>
  answer.headers.find(([n]) => n.toLowerCase() === name)?.[1];

describe("back ends that misbehave", () => {
  it.each([
    ["resets the connection", (s) => s.resetAndDestroy(), 504, "Network error communicating with endpoint"],
    ["closes without a word", (s) => s.end(), 504, "Network error communicating with endpoint"],
    ["never answers", () => undefined, 504, "Endpoint request timed out"],
    [
      "speaks no HTTP",
      (s) => s.end("220 smtp ready\r\n\r\n"),
      504,
      "Network error communicating with endpoint",
    ],
    [
      "sends less than it announced",
      (s) => s.end("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort"),
      504,
      "Network error communicating with endpoint",
    ],
    [
      "sends a header that never ends",
      (s) => s.write(`HTTP/1.1 200 OK\r\nX-Big: ${"a".repeat(200_000)}`),
      504,
      "Network error communicating with endpoint",
    ],
  ] as [string, Behaviour, number, string][])(
    "one that %s becomes a clean answer",
    async (_what, behave, status, message) => {
      behaviour = behave;
      const answer = await get("/proxy");
      expect(answer.status).toBe(status);
      expect(answer.body.toString()).toBe(`{"message": "${message}"}`);
      expect(headerIn(answer, "x-amzn-errortype")).toBe("InternalServerErrorException");
    },
  );

  it("one that is not there is a configuration error", async () => {
    for (const path of ["/refused", "/unknown"]) {
      const answer = await get(path);
      expect([answer.status, answer.body.toString()]).toEqual([500, '{"message": "Internal server error"}']);
    }
  });

  it("one that sends a byte now and then is cut off by the time limit", async () => {
    behaviour = (socket) => {
      socket.write("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n");
      const timer = setInterval(() => socket.write("a"), 50);
      socket.on("close", () => clearInterval(timer));
    };
    expect((await get("/proxy")).status).toBe(504);
  });

  it("one whose chunks are broken ends the client's answer visibly", async () => {
    behaviour = (socket) => socket.end("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nnope\r\n");
    const answer = await get("/proxy");
    expect(answer.status).toBe(504);
  });

  it("one that breaks off in the middle of a long stream breaks the client's connection too", async () => {
    behaviour = (socket) => {
      socket.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
      socket.write(`${(100_000).toString(16)}\r\n${"a".repeat(100_000)}\r\n`);
      setTimeout(() => socket.resetAndDestroy(), 100);
    };
    await expect(get("/proxy")).rejects.toThrow(/without a complete answer|ECONNRESET/);
  });

  it("a slow stream reaches the client while it is still running", async () => {
    behaviour = (socket) => {
      socket.write(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/event-stream\r\n\r\n",
      );
      let count = 0;
      const timer = setInterval(() => {
        socket.write(`5\r\ntick\n\r\n`);
        if (++count === 20) {
          clearInterval(timer);
          socket.end("0\r\n\r\n");
        }
      }, 40);
    };
    // Longer than the integration's time limit, which only covers the header of a stream.
    const answer = await get("/proxy");
    expect(answer.body.toString()).toBe("tick\n".repeat(20));
  });

  it("a call nobody waits for any more is given up", async () => {
    let isClosed = false;
    behaviour = (socket) => {
      socket.on("close", () => {
        isClosed = true;
      });
    };
    const client = net.connect(gateway.port, "127.0.0.1", () => client.write(head("GET", "/patient")));
    await expect.poll(() => backend.heads.length).toBe(1);
    client.destroy();
    await expect.poll(() => isClosed).toBe(true);
  });

  it("a stream is let go at the back end when the client leaves", async () => {
    let isClosed = false;
    behaviour = (socket) => {
      socket.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n");
      socket.on("close", () => {
        isClosed = true;
      });
    };
    const client = net.connect(gateway.port, "127.0.0.1", () => client.write(head("GET", "/proxy")));
    await new Promise((resolve) => client.once("data", resolve));
    client.destroy();
    await expect.poll(() => isClosed).toBe(true);
  });

  it("a kept connection that the back end has closed is not held against the client", async () => {
    behaviour = (socket) => {
      socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
      setTimeout(() => socket.destroy(), 5);
    };
    for (let i = 0; i < 20; i++) {
      expect((await get("/proxy")).status).toBe(200);
      await new Promise((resolve) => setTimeout(resolve, i % 7));
    }
  });
});

describe("X-HTTP-Method-Override", () => {
  it("chooses the verb and is not passed on", async () => {
    behaviour = (socket) => socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    const post = (verb: string) =>
      sendRaw(
        gateway.port,
        head("POST", "/proxy", `x-http-method-override: ${verb}\r\nContent-Length: 0\r\n`),
      );
    await post("delete");
    await post("NONSENSE");
    expect(backend.heads[0]).toMatch(/^DELETE /);
    expect(backend.heads[0]).not.toMatch(/method-override/i);
    expect(backend.heads[1]).toMatch(/^POST /);
  });
});

describe("clients that misbehave", () => {
  const fine: Behaviour = (socket) =>
    socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Back: a\r\n\r\nok");

  it("line breaks in a parameter do not become headers, neither up nor down", async () => {
    behaviour = fine;
    await get("/mapped?q=a%0d%0aX-Evil:%201");
    expect(backend.heads[0]).not.toMatch(/^X-Evil/m);
    expect(backend.heads[0]).toMatch(/X-Mapped: a {2}X-Evil: 1\r\n/);
    const answer = await get("/mock?q=a%0d%0aX-Evil:%201");
    expect(headerIn(answer, "x-q")).toBe("a  X-Evil: 1");
    expect(headerIn(answer, "x-evil")).toBeUndefined();
  });

  it("text beyond ASCII goes into headers as UTF-8", async () => {
    const answer = await get("/mock?q=%C3%BC%F0%9F%8E%88");
    expect(Buffer.from(headerIn(answer, "x-q") ?? "", "latin1").toString()).toBe("ü🎈");
  });

  it("oversize headers get 431 and a closed connection", async () => {
    const answer = await get("/mock", `X-Big: ${"a".repeat(20_000)}\r\n`);
    expect([answer.status, headerIn(answer, "connection")]).toEqual([431, "close"]);
  });

  it("what is no HTTP gets 400", async () => {
    expect((await sendRaw(gateway.port, "hello\r\n\r\n")).status).toBe(400);
  });

  it("a body above 10 MB gets 413, announced or not", async () => {
    const announced = await sendRaw(gateway.port, head("POST", "/mock", "Content-Length: 10485761\r\n"));
    expect([announced.status, announced.body.toString()]).toEqual([
      413,
      "HTTP content length exceeded 10485760 bytes.",
    ]);
    expect(headerIn(announced, "connection")).toBe("close");
    const chunk = `${(1_048_576).toString(16)}\r\n${"a".repeat(1_048_576)}\r\n`;
    const chunked = await sendRaw(
      gateway.port,
      head("POST", "/mock", "Transfer-Encoding: chunked\r\n") + chunk.repeat(11),
    );
    expect(chunked.status).toBe(413);
  });

  it("a compressed body is unpacked for the back end; a bomb and an unknown coding are refused", async () => {
    behaviour = fine;
    const post = (coding: string, body: Buffer) =>
      sendRaw(
        gateway.port,
        Buffer.concat([
          Buffer.from(
            head("POST", "/proxy", `Content-Encoding: ${coding}\r\nContent-Length: ${body.length}\r\n`),
          ),
          body,
        ]),
      );
    expect((await post("gzip", gzipSync("hello"))).status).toBe(200);
    expect(backend.heads[0]).not.toMatch(/content-encoding/i);
    expect((await post("gzip", gzipSync(Buffer.alloc(20_000_000)))).status).toBe(415);
    expect((await post("br", Buffer.from("x"))).status).toBe(415);
    expect((await post("gzip", Buffer.from("not gzip"))).status).toBe(415);
  });

  it("a client that leaves in the middle does no harm", async () => {
    behaviour = fine;
    await sendRaw(gateway.port, head("POST", "/mapped", "Content-Length: 1000\r\n"), 50).catch(
      () => undefined,
    );
    expect((await get("/mock")).status).toBe(200);
  });

  it("unknown APIs and stages are 403 without a hint which it was", async () => {
    for (const path of ["/nosuchapi0/prod/x", `/${API}/nostage/x`, "/", "/x"]) {
      const answer = await sendRaw(gateway.port, `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
      expect([answer.status, answer.body.toString()]).toEqual([403, '{"message":"Forbidden"}']);
      expect(headerIn(answer, "x-amzn-errortype")).toBe("ForbiddenException");
    }
  });

  it("two requests in one packet get two answers", async () => {
    const both = head("GET", "/mock") + head("GET", "/mock", "Connection: close\r\n");
    const socketAnswer = await sendRaw(gateway.port, both);
    expect(socketAnswer.status).toBe(200);
  });
});

it("nothing of it was a bug of the gateway", () => {
  expect(gateway.errors).toEqual([]);
});
