import net from "node:net";
import { describe, expect, it } from "vitest";
import { ConnectionDealer } from "./connection-dealer";

function seat() {
  const given: number[] = [];
  return { given, send: ({ connection }: { connection: number }) => void given.push(connection) };
}
const socket = () => new net.Socket();

describe("dealing connections to workers", () => {
  it("gives each to the worker that has the fewest", () => {
    const dealer = new ConnectionDealer();
    const [a, b] = [seat(), seat()];
    dealer.add(a);
    dealer.add(b);
    for (let i = 0; i < 4; i++) dealer.deal(socket(), "http");
    expect([a.given.length, b.given.length]).toEqual([2, 2]);
    dealer.closed(b, 2);
    dealer.deal(socket(), "http");
    dealer.deal(socket(), "http");
    expect([a.given.length, b.given.length]).toEqual([2, 4]);
  });

  it("gives what a killed worker had not taken to another one, and lets go of what was taken", async () => {
    const dealer = new ConnectionDealer();
    const [a, b] = [seat(), seat()];
    dealer.add(a);
    const sockets = [socket(), socket()];
    for (const one of sockets) dealer.deal(one, "http");
    dealer.accepted(a.given[0] as number);
    dealer.add(b);
    let isSettled = false;
    const settled = dealer.settled().then(() => {
      isSettled = true;
    });
    dealer.remove(a, true);
    expect(b.given).toHaveLength(1);
    expect(sockets.map((one) => one.destroyed)).toEqual([true, false]);
    expect(isSettled).toBe(false);
    dealer.accepted(b.given[0] as number);
    await settled;
    expect(sockets[1]?.destroyed).toBe(true);
  });

  it("passes over a worker that is busy and takes none, until it does", () => {
    let nowMs = 0;
    const dealer = new ConnectionDealer(() => nowMs);
    const [a, b] = [seat(), seat()];
    dealer.add(a);
    dealer.add(b);
    for (let i = 0; i < 4; i++) dealer.deal(socket(), "http");
    for (const connection of b.given) dealer.accepted(connection);
    nowMs = 51;
    for (let i = 0; i < 3; i++) dealer.deal(socket(), "http");
    expect([a.given.length, b.given.length]).toEqual([2, 5]);
    for (const connection of a.given) dealer.accepted(connection);
    dealer.deal(socket(), "http");
    expect(a.given.length).toBe(3);
  });

  it("keeps connections waiting while no worker is there", () => {
    const dealer = new ConnectionDealer();
    dealer.deal(socket(), "tls");
    const a = seat();
    dealer.add(a);
    expect(a.given).toHaveLength(1);
    dealer.remove(a, false);
    dealer.deal(socket(), "tls");
    expect(a.given).toHaveLength(1);
  });
});
