import { describe, expect, it } from "vitest";
import { systemIds } from "./ids";

const many = (make: () => string) => Array.from({ length: 5_000 }, make);

describe("ids", () => {
  it("requestId is a UUID of version 4, and no two are the same", () => {
    const ids = many(systemIds.requestId);
    for (const id of ids)
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(ids.map((id) => id[19])).size).toBe(4);
  });

  it("extendedRequestId is eleven octets in base64, as a strict reader takes it", () => {
    const ids = many(systemIds.extendedRequestId);
    for (const id of ids) {
      expect(Buffer.from(id, "base64").length).toBe(11);
      expect(Buffer.from(id, "base64").toString("base64")).toBe(id);
    }
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(ids.map((id) => id[14])).size).toBe(16);
  });

  it("hex gives as many digits as asked for, odd ones too", () => {
    for (const digits of [1, 8, 16, 17, 24, 32]) {
      expect(systemIds.hex(digits)).toMatch(new RegExp(`^[0-9a-f]{${digits}}$`));
    }
  });

  it("fraction is spread over 0 to 1, 1 excluded", () => {
    const values = Array.from({ length: 5_000 }, systemIds.fraction);
    for (const value of values) {
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThan(1);
    }
    const tenths = new Set(values.map((value) => Math.floor(value * 10)));
    expect(tenths.size).toBe(10);
  });
});
