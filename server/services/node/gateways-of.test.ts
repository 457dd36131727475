import { expect, it } from "vitest";
import { gatewaysOf } from "./gateways-of";

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second));
const row = (id: string, cursor: bigint, seenS: number, rejected: unknown[] = []) => ({
  id,
  startedAt: at(Number(cursor)),
  seenAt: at(seenS),
  cursor,
  address: `http://host:${id[0] === "a" ? 1 : 2}`,
  rejected,
  exportsTraces: id !== "a/1",
});

it("makes one gateway of its workers: it has what all of them have, and what one refused it refused", () => {
  const refused = { apiId: "x", reason: "no" };
  const [a, b] = gatewaysOf(
    [row("a/0", 7n, 50, [refused]), row("a/1", 5n, 51, [refused]), row("b/0", 9n, 52)],
    at(40),
  );
  expect(a).toEqual({
    id: "a",
    address: "http://host:1",
    startedAt: at(5),
    seenAt: at(51),
    isAlive: true,
    workers: 2,
    cursor: 5n,
    rejected: [refused],
    exportsTraces: false,
  });
  expect(b).toMatchObject({ id: "b", workers: 1, cursor: 9n, exportsTraces: true });
});

it("waits for no worker that is gone, as long as another one is there", () => {
  const rows = [row("a/0", 7n, 50), row("a/1", 3n, 10)];
  expect(gatewaysOf(rows, at(40))).toMatchObject([{ isAlive: true, workers: 1, cursor: 7n }]);
  expect(gatewaysOf(rows, at(60))).toMatchObject([{ isAlive: false, workers: 0, cursor: 3n }]);
});
