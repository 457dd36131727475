import { describe, expect, it } from "vitest";
import { serverNameOf } from "./server-name";

const u16 = (n: number) => Buffer.from([n >> 8, n & 255]);
const sized = (bytes: Buffer) => Buffer.concat([u16(bytes.length), bytes]);
const record = (bytes: Buffer) => Buffer.concat([Buffer.from([22, 3, 1]), sized(bytes)]);

function hello(name: string | null): Buffer {
  const host = Buffer.concat([Buffer.from([0]), sized(Buffer.from(name ?? ""))]);
  const other = Buffer.concat([u16(43), sized(Buffer.from([2, 3, 4]))]);
  const extensions = name === null ? other : Buffer.concat([other, u16(0), sized(sized(host))]);
  const body = Buffer.concat([
    Buffer.from([3, 3]),
    Buffer.alloc(32),
    Buffer.from([0]),
    sized(Buffer.from([0x13, 1])),
    Buffer.from([1, 0]),
    sized(extensions),
  ]);
  return Buffer.concat([Buffer.from([1, 0]), sized(body)]);
}

describe("serverNameOf", () => {
  it("reads the name in lower case", () => {
    expect(serverNameOf(record(hello("API.example.com")))).toBe("api.example.com");
  });

  it("asks for more until the message is complete, byte by byte and over several records", () => {
    const whole = hello("a.test");
    const bytes = Buffer.concat([record(whole.subarray(0, 3)), record(whole.subarray(3))]);
    for (let end = 0; end < bytes.length; end++) expect(serverNameOf(bytes.subarray(0, end))).toBeUndefined();
    expect(serverNameOf(bytes)).toBe("a.test");
  });

  it.each([
    ["a message without a name", record(hello(null))],
    ["an empty name", record(hello(""))],
    ["plain HTTP", Buffer.from("GET / HTTP/1.1\r\n")],
    ["another handshake message", record(Buffer.from([2, 0, 0, 0]))],
    ["an empty record", record(Buffer.alloc(0))],
    ["lengths that lead out of the message", record(Buffer.from([1, 0, 0, 2, 3, 3]))],
  ])("finds none in %s", (_, bytes) => {
    expect(serverNameOf(bytes)).toBeNull();
  });
});
