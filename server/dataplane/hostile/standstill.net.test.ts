import net from "node:net";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { buildApi } from "@/server/testing/api-builder";
import { API_ID, HOST } from "@/server/testing/wire/hostile-api";
import { FINE, type HostileSetting, startHostileSetting } from "@/server/testing/wire/hostile-setting";
import type { SocketScript } from "@/server/testing/wire/socket-script";
import { talk } from "@/server/testing/wire/talk";

let setting: HostileSetting;
beforeAll(async () => {
  setting = await startHostileSetting();
});
afterAll(() => setting.close());
beforeEach(() => setting.reset());

it.each<[string, SocketScript]>([
  ["streamed", ["HTTP/1.1 200 OK\r\n\r\n", { endless: "a" }]],
  ["whole", [{ head: "HTTP/1.1 200 OK\r\n", body: { text: "a", times: 20_000_000 } }]],
])("a client that does not take its %s answer is left, and so is the back end", async (_, script) => {
  const { backend, impatient } = setting;
  backend.answer = () => script;
  const client = net.connect(impatient.port, "127.0.0.1", () => {
    client.pause();
    client.write(`GET /p/proxy HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`);
  });
  client.on("error", () => undefined);
  await expect.poll(() => backend.openSockets()).toBe(1);
  await expect.poll(() => impatient.openSockets(), { timeout: 5_000 }).toBe(0);
  await expect.poll(() => backend.openSockets(), { timeout: 5_000 }).toBe(0);
  client.destroy();
  expect(impatient.errors).toEqual([]);
});

it("a schema that another server should have is not fetched: the stage refuses to serve", async () => {
  const { backend, gateway } = setting;
  for (const reference of ["/schema.json", "/schema.json#/definitions/a"]) {
    const schema = JSON.stringify({ properties: { a: { $ref: `${backend.url}${reference}` } } });
    const api = buildApi(
      {
        "POST /remote": {
          requestValidatorId: "all",
          requestModels: { "application/json": "Remote" },
          methodIntegration: { type: "MOCK", integrationResponses: { 200: {} } },
        },
      },
      {
        requestValidators: { all: { id: "all", name: "all", validateRequestBody: true } },
        models: { Remote: { name: "Remote", schema } },
      },
    );
    gateway.serve("c", api, { stageName: "p" });
    const head = "POST /p/remote HTTP/1.1\r\nHost: c.execute-api.x\r\n";
    const { answers } = await talk(gateway.port, [{ head, body: '{"a":1}' }], { answers: 1 });
    expect(answers[0]?.status).toBe(500);
    gateway.errors.length = 0;
  }
  // Nor is one that a body names.
  const head = `POST /p/checked HTTP/1.1\r\nHost: ${API_ID}.execute-api.x\r\n`;
  const body = JSON.stringify({ $ref: `${backend.url}/x`, child: { $schema: `${backend.url}/y` } });
  const { answers } = await talk(gateway.port, [{ head, body }], { answers: 1 });
  expect(answers[0]?.status).toBe(200);
  expect(backend.seen).toEqual([]);
});

it("of requests at the same time each gets its own answer, though the back end breaks every third", async () => {
  const { backend, gateway } = setting;
  const breaking: SocketScript = ["HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nbro", { close: "reset" }];
  backend.answer = ({ target }) => {
    const number = Number(/\d+/.exec(target)?.[0]);
    return number % 3 === 0 ? breaking : [{ head: "HTTP/1.1 200 OK\r\n", body: `answer ${number}` }];
  };
  const numbers = Array.from({ length: 300 }, (_, i) => i + 1);
  const seen = await Promise.all(
    numbers.map((i) =>
      talk(gateway.port, [`GET /p/proxy/${i} HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`], { answers: 1 }),
    ),
  );
  const said = seen.map(({ answers: [answer] }) =>
    answer?.status === 200 ? answer.body.toString() : answer?.status,
  );
  expect(said).toEqual(numbers.map((i) => (i % 3 === 0 ? 504 : `answer ${i}`)));
  expect(backend.seen.length).toBe(300);
});

it("a request that may not be repeated is sent once, though its kept connection is closed meanwhile", async () => {
  const { backend, gateway } = setting;
  for (const [method, body, times] of [
    ["GET", "", 2],
    ["POST", "hello", 1],
    ["DELETE", "", 1],
    ["GET", "hello", 1],
  ] as const) {
    backend.answer = () => FINE;
    const ask = () => {
      const head = `${method} /p/proxy HTTP/1.1\r\nHost: ${HOST}\r\n`;
      return talk(gateway.port, [body === "" ? `${head}\r\n` : { head, body }], { answers: 1 });
    };
    await talk(gateway.port, [`GET /p/proxy HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`], { answers: 1 });
    backend.seen.length = 0;
    // The back end closes the kept connection instead of answering on it.
    backend.answer = () => (backend.seen.length === 1 ? [{ close: "end" }] : FINE);
    const { answers } = await ask();
    expect([method, body, answers[0]?.status, backend.seen.length]).toEqual([
      method,
      body,
      times === 2 ? 200 : 504,
      times,
    ]);
  }
});
