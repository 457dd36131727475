import { once } from "node:events";
import net from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { writeSoon } from "./write-soon";

const sockets: net.Socket[] = [];
const servers: net.Server[] = [];

afterEach(() => {
  vi.restoreAllMocks();
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const server of servers.splice(0)) server.close();
});

/** A connection: what is written to `socket` is in `received()`. */
async function connected(): Promise<{ socket: net.Socket; received: () => string; ended: Promise<unknown> }> {
  const server = net.createServer({ allowHalfOpen: true });
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const accepted = once(server, "connection") as Promise<[net.Socket]>;
  const socket = net.connect((server.address() as net.AddressInfo).port, "127.0.0.1");
  const [other] = await accepted;
  sockets.push(socket, other);
  await (socket.connecting ? once(socket, "connect") : null);
  let text = "";
  other.setEncoding("latin1");
  other.on("data", (piece) => {
    text += piece;
  });
  return { socket, received: () => text, ended: once(other, "end") };
}

test("messages arrive octet by octet, in order, and before what is written after them", async () => {
  const { socket, received, ended } = await connected();
  writeSoon(socket, "one\xff,");
  writeSoon(socket, "two,");
  socket.write("three,");
  await new Promise((resolve) => setImmediate(resolve));
  writeSoon(socket, "four,");
  socket.end("five");
  await ended;
  expect(received()).toBe("one\xff,two,three,four,five");
});

test("a message alone is written at once; those that follow quickly, once all is worked on", async () => {
  const [first, second] = await Promise.all([connected(), connected()]);
  const clock = vi.spyOn(performance, "now");
  clock.mockReturnValueOnce(1_000).mockReturnValueOnce(1_000.05);
  writeSoon(first.socket, "alone");
  writeSoon(second.socket, "held");
  expect([first.socket.writableLength, second.socket.writableLength]).toEqual([0, 4]);
  await new Promise((resolve) => setImmediate(resolve));
  expect(second.socket.writableLength).toBe(0);
});

test("a message that took long to make waits for none and lets the held ones go", async () => {
  const [held, slow] = await Promise.all([connected(), connected()]);
  const clock = vi.spyOn(performance, "now");
  clock.mockReturnValueOnce(2_000).mockReturnValueOnce(2_000.05).mockReturnValueOnce(2_001);
  writeSoon(held.socket, "1");
  writeSoon(held.socket, "2");
  writeSoon(slow.socket, "slow");
  expect([held.socket.writableLength, slow.socket.writableLength]).toEqual([0, 0]);
});

test("no more than sixteen messages wait for each other", async () => {
  const connections = await Promise.all(Array.from({ length: 18 }, connected));
  vi.spyOn(performance, "now").mockReturnValue(3_000);
  for (const { socket } of connections) writeSoon(socket, "x");
  // The first was alone.
  expect(connections.map(({ socket }) => socket.writableLength)).toEqual([...Array(17).fill(0), 1]);
});

test("a connection that is lost meanwhile harms no other", async () => {
  const [lost, kept] = await Promise.all([connected(), connected()]);
  lost.socket.on("error", () => undefined);
  writeSoon(lost.socket, "lost");
  writeSoon(kept.socket, "kept");
  lost.socket.destroy();
  kept.socket.end();
  await kept.ended;
  expect(kept.received()).toBe("kept");
});
