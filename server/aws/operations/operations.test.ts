import { describe, expect, it } from "vitest";
import { OPERATIONS } from "@/server/aws/protocol/operation-list";
import { HANDLER_GROUPS } from ".";

const handled = HANDLER_GROUPS.flatMap((group) => Object.keys(group));

describe("handlers of operations", () => {
  it("are there once for each operation: a later group would hide an earlier one's", () => {
    expect(handled.filter((name, index) => handled.indexOf(name) !== index)).toEqual([]);
  });

  it("are there for every operation of the service", () => {
    expect(OPERATIONS).toHaveLength(124);
    expect(OPERATIONS.map(({ name }) => name).filter((name) => !handled.includes(name))).toEqual([]);
  });

  it("are of operations that the service has", () => {
    const names = new Set(OPERATIONS.map(({ name }) => name));
    expect(handled.filter((name) => !names.has(name))).toEqual([]);
  });
});
