import { describe, expect, it } from "vitest";
import { zipOf } from "./zip";

describe("zipOf", () => {
  it("writes what the format asks for: headers, the CRC-32 of each file, a directory that leads to them", () => {
    const bytes = zipOf({ "a.txt": "123456789", "ü/b.txt": "" });
    const view = new DataView(bytes.buffer);
    expect(view.getUint32(0, true)).toBe(0x04034b50);
    // The check value of CRC-32.
    expect(view.getUint32(14, true)).toBe(0xcbf43926);
    const end = bytes.length - 22;
    expect(view.getUint32(end, true)).toBe(0x06054b50);
    expect(view.getUint16(end + 10, true)).toBe(2);
    const directory = view.getUint32(end + 16, true);
    expect(view.getUint32(directory, true)).toBe(0x02014b50);
    expect(directory + view.getUint32(end + 12, true)).toBe(end);
    const second = directory + 46 + 5;
    const local = view.getUint32(second + 42, true);
    expect(view.getUint32(local, true)).toBe(0x04034b50);
    expect(new TextDecoder().decode(bytes.subarray(local + 30, local + 38))).toBe("ü/b.txt");
  });
});
