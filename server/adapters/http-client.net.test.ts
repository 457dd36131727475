import { once } from "node:events";
import net, { type Socket } from "node:net";
import tls from "node:tls";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { UpstreamAnswer, UpstreamError, UpstreamRequest } from "@/server/gateway/ports";
import { selfSigned } from "@/server/testing/self-signed";
import { HttpClient } from "./http-client";

type Answerer = (socket: Socket, request: string, count: number) => void;

const OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

let client: HttpClient;
let server: net.Server;
let origin: string;
let requests: string[];
let sockets: Socket[];
let answer: Answerer;

beforeEach(async () => {
  client = new HttpClient({ connectionsPerOrigin: 4 });
  requests = [];
  sockets = [];
  answer = (socket) => socket.write(OK);
  server = net.createServer((socket) => {
    sockets.push(socket);
    socket.on("error", () => undefined);
    socket.on("data", (bytes) => {
      const text = bytes.toString("latin1");
      requests.push(text);
      answer(socket, text, requests.length);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  origin = `http://127.0.0.1:${(server.address() as net.AddressInfo).port}`;
});

afterEach(async () => {
  await client.close();
  for (const socket of sockets) socket.destroy();
  server.close();
});

function send(fields: Partial<UpstreamRequest> = {}): Promise<UpstreamAnswer> {
  return client.send({
    method: "GET",
    origin,
    path: "/x",
    headers: [],
    body: null,
    timeoutMs: 2_000,
    skipTlsVerification: false,
    clientCertificate: null,
    isBuffered: true,
    owner: { cancel: null },
    ...fields,
  });
}

const text = ({ body }: UpstreamAnswer) => Buffer.from(body as Uint8Array).toString();
const failure = (call: Promise<unknown>): Promise<UpstreamError> =>
  call.then(
    () => expect.fail("the call succeeded"),
    (error) => error,
  );

it("uses a connection again, and one only while one is enough", async () => {
  for (let i = 0; i < 5; i++) expect(text(await send())).toBe("ok");
  expect(sockets.length).toBe(1);
});

it("does not open more connections than allowed: calls wait for their turn", async () => {
  answer = (socket) => setImmediate(() => socket.write(OK));
  const answers = await Promise.all(Array.from({ length: 20 }, () => send()));
  expect(answers.map(text)).toEqual(Array.from({ length: 20 }, () => "ok"));
  expect(sockets.length).toBe(4);
});

it("a call that waits for its turn keeps its time limit", async () => {
  answer = () => undefined;
  const calls = Array.from({ length: 5 }, () => failure(send({ timeoutMs: 100 })));
  expect((await Promise.all(calls)).map(({ kind }) => kind)).toEqual(Array(5).fill("timeout"));
});

it("never takes what is left over from one answer for another call's answer", async () => {
  answer = (socket, _request, count) =>
    socket.write(count === 1 ? `${OK}HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil` : OK);
  client = new HttpClient({ connectionsPerOrigin: 1 });
  const both = await Promise.all([send(), send()]);
  expect(both.map(text)).toEqual(["ok", "ok"]);
  expect(sockets.length).toBe(2);
});

it("drops a kept connection on which bytes come that nobody asked for", async () => {
  await send();
  sockets[0]?.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
  await once(sockets[0] as Socket, "close");
  expect(text(await send())).toBe("ok");
});

it("sends a GET again when a kept connection turns out to be closed, and no POST", async () => {
  answer = (socket, _request, count) => (count % 2 ? socket.write(OK) : socket.destroy());
  await send();
  expect(text(await send())).toBe("ok");
  expect(requests.length).toBe(3);
  requests.length = 1;
  const error = await failure(send({ method: "POST", body: "a" }));
  expect([error.kind, requests.length]).toEqual(["network", 2]);
});

it.each([
  ["text", "hello", "Content-Length: 5\r\n"],
  ["text beyond ASCII", "h\u00e9llo\u20ac", "Content-Length: 9\r\n"],
  ["bytes", new Uint8Array([104, 195, 169]), "Content-Length: 3\r\n"],
  ["many bytes", new Uint8Array(100_000).fill(97), "Content-Length: 100000\r\n"],
])("sends %s with its length", async (_what, body, framing) => {
  const wanted = Buffer.from(body).toString("latin1");
  let got = "";
  answer = (socket, piece) => {
    got += piece;
    if (got.endsWith(wanted)) socket.write(OK);
  };
  await send({ method: "POST", body });
  const [head = "", sent] = got.split("\r\n\r\n");
  expect(`${head}\r\n`).toContain(framing);
  expect(sent).toBe(wanted);
});

it("sends a stream in chunks", async () => {
  async function* body() {
    yield Buffer.from("one");
    yield Buffer.alloc(0);
    yield Buffer.from("twoo");
  }
  let got = "";
  answer = (socket, piece) => {
    got += piece;
    if (got.endsWith("0\r\n\r\n")) socket.write(OK);
  };
  expect(text(await send({ method: "POST", body: body() }))).toBe("ok");
  expect(got.split("\r\n\r\n")[1]).toBe("3\r\none\r\n4\r\ntwoo\r\n0");
  answer = (socket) => socket.write(OK);
  expect(text(await send())).toBe("ok");
  expect(sockets.length).toBe(1);
});

it("an answer before the request's end counts, and its connection is not used again", async () => {
  let release: () => void = () => undefined;
  const more = new Promise<void>((resolve) => {
    release = resolve;
  });
  async function* body() {
    yield Buffer.from("one");
    await more;
    yield Buffer.from("two");
  }
  expect(text(await send({ method: "POST", body: body() }))).toBe("ok");
  release();
  expect(text(await send())).toBe("ok");
  expect(sockets.length).toBe(2);
});

it("an error of the body's source is told as it is", async () => {
  const broken = new Error("the client broke off");
  async function* body() {
    yield Buffer.from("one");
    throw broken;
  }
  answer = () => undefined;
  await expect(send({ method: "POST", body: body() })).rejects.toBe(broken);
  await expect.poll(() => sockets.every((socket) => socket.destroyed)).toBe(true);
});

it("streams what is long, at the reader's pace, and lets a connection go on afterwards", async () => {
  const piece = Buffer.alloc(65_536, "a");
  const pieces = 400;
  let written = 0;
  answer = (socket) => {
    socket.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    const more = () => {
      while (written < pieces) {
        written++;
        const goesOn = socket.write(Buffer.concat([Buffer.from("10000\r\n"), piece, Buffer.from("\r\n")]));
        if (!goesOn) return;
      }
      socket.off("drain", more);
      socket.write("0\r\n\r\n");
    };
    socket.on("drain", more);
    more();
  };
  const { body } = await send({ isBuffered: false });
  expect(body).not.toBeInstanceOf(Uint8Array);
  let unread = written;
  await expect
    .poll(() => {
      const isStill = unread === written;
      unread = written;
      return isStill;
    })
    .toBe(true);
  expect(written).toBeLessThan(pieces);
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) bytes += chunk.length;
  expect(bytes).toBe(pieces * piece.length);
  answer = (socket) => socket.write(OK);
  expect(text(await send())).toBe("ok");
  expect(sockets.length).toBe(1);
});

it.each([
  ["until it closes", "HTTP/1.1 200 OK\r\n\r\n", "GET"],
  ["as HTTP/1.0", "HTTP/1.0 200 OK\r\n\r\n", "GET"],
])("reads an answer %s", async (_what, head, method) => {
  answer = (socket) => {
    socket.write(head);
    setTimeout(() => socket.end("hello"), 10);
  };
  expect(text(await send({ method }))).toBe("hello");
});

it("a call that is cancelled closes its connection", async () => {
  answer = () => undefined;
  const owner: UpstreamRequest["owner"] = { cancel: null };
  const call = failure(send({ owner }));
  await expect.poll(() => requests.length).toBe(1);
  owner.cancel?.();
  expect((await call).kind).toBe("network");
  if (!sockets[0]?.destroyed) await once(sockets[0] as Socket, "close");
});

it.each([
  ["ftp://h.test", "/"],
  ["http://", "/"],
  ["http://127.0.0.1:1", "/"],
  ["http://no-such-host.invalid", "/"],
])("%s is no address that answers", async (badOrigin, path) => {
  expect((await failure(send({ origin: badOrigin, path }))).kind).toBe("address");
});

it("what cannot be written as HTTP is refused and harms no other call", async () => {
  expect((await failure(send({ headers: ["X", "a\r\nb"] }))).kind).toBe("address");
  expect(text(await send())).toBe("ok");
});

it("speaks TLS, to certificates it can check unless told otherwise, and takes sessions up again", async () => {
  const secure = tls.createServer(selfSigned, (socket) => {
    reused.push(socket.isSessionReused());
    socket.on("error", () => undefined);
    socket.on("data", () => socket.end(OK.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")));
  });
  const reused: boolean[] = [];
  secure.listen(0, "127.0.0.1");
  await once(secure, "listening");
  const secureOrigin = `https://127.0.0.1:${(secure.address() as net.AddressInfo).port}`;
  for (let i = 0; i < 2; i++) {
    expect(text(await send({ origin: secureOrigin, skipTlsVerification: true }))).toBe("ok");
  }
  expect(reused).toEqual([false, true]);
  expect((await failure(send({ origin: secureOrigin }))).kind).toBe("network");
  secure.close();
});

it("speaks IPv6", async () => {
  const six = net.createServer((socket) => socket.on("data", () => socket.write(OK)));
  six.listen(0, "::1");
  await once(six, "listening");
  const { port } = six.address() as net.AddressInfo;
  expect(text(await send({ origin: `http://[::1]:${port}` }))).toBe("ok");
  six.close();
});
