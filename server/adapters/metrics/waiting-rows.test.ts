import { describe, expect, it } from "vitest";
import { WaitingRows } from "./waiting-rows";

type Row = { name: string; n: number };

const waiting = (max: number) =>
  new WaitingRows<Row>({
    max,
    nameOf: (row) => row.name,
    add: (row, more) => {
      row.n += more.n;
    },
  });

describe("rows that wait to be stored", () => {
  it("are one of a name, also when rows come back that could not be stored", () => {
    const rows = waiting(10);
    rows.put({ name: "a", n: 1 });
    const taken = rows.take();
    rows.put({ name: "a", n: 2 });
    rows.put({ name: "b", n: 5 });
    rows.restore(taken);
    expect(rows.take()).toEqual([
      { name: "a", n: 3 },
      { name: "b", n: 5 },
    ]);
    expect(rows.take()).toEqual([]);
  });

  it("are bounded: the oldest are dropped, and counted", () => {
    const rows = waiting(2);
    for (const name of ["c", "d"]) rows.put({ name, n: 1 });
    const taken = rows.take();
    rows.put({ name: "e", n: 1 });
    rows.restore(taken);
    expect(rows.dropped).toBe(1);
    expect(rows.take().map(({ name }) => name)).toEqual(["d", "e"]);
  });
});
