import { expect, it } from "vitest";
import { DeferredMap } from "./deferred-map";

class Twice extends DeferredMap {
  fills = 0;
  protected override fill(table: Map<unknown, unknown>): void {
    this.fills += 1;
    table.set("a", 1).set("b", 2);
  }
}

it("is a Map that is filled once, when it is first asked for something", () => {
  const map = new Twice();
  expect(map).toBeInstanceOf(Map);
  expect(map.fills).toBe(0);
  expect([map.get("a"), map.has("b"), map.has("c"), map.size]).toEqual([1, true, false, 2]);
  expect([...map.keys(), ...map.values()]).toEqual(["a", "b", 1, 2]);
  expect(map.fills).toBe(1);
});

it("can be changed, copied and walked like a Map", () => {
  const map = new Twice();
  expect(map.set("c", 3)).toBe(map);
  expect([map.delete("a"), map.delete("a")]).toEqual([true, false]);
  expect(new Map(map)).toEqual(new Map(map.entries()));
  const seen: unknown[] = [];
  map.forEach((value, key, self) => {
    seen.push(key, value, self === (map as unknown));
  });
  expect(seen).toEqual(["b", 2, true, "c", 3, true]);
  map.clear();
  expect([map.size, Object.prototype.toString.call(map)]).toEqual([0, "[object Map]"]);
});

it("is empty where there is nothing to fill it with", () => {
  expect([...new DeferredMap()]).toEqual([]);
});
