import { describe, expect, it } from "vitest";
import type { UpstreamRequest } from "@/server/gateway/ports";
import { requestHead, UnsendableRequestError } from "./request-head";

const request = (fields: Partial<UpstreamRequest>): UpstreamRequest => ({
  method: "GET",
  origin: "http://h.test",
  path: "/a?b=c",
  headers: [],
  body: null,
  timeoutMs: 1_000,
  skipTlsVerification: false,
  clientCertificate: null,
  isBuffered: true,
  owner: { cancel: null },
  ...fields,
});

describe("requestHead", () => {
  it("writes the fields in their order and casing, with a Host of the origin", () => {
    expect(requestHead(request({ headers: ["X-A", "1", "x-a", "\xfc"] }), "h.test:81", 0)).toBe(
      "GET /a?b=c HTTP/1.1\r\nHost: h.test:81\r\nConnection: keep-alive\r\nX-A: 1\r\nx-a: \xfc\r\n\r\n",
    );
  });

  it("lets the request choose its Host, and nothing that frames the message", () => {
    const headers = ["hOST", "other.test", "Content-Length", "9", "transfer-encoding", "x", "Expect", "y"];
    expect(requestHead(request({ headers }), "h.test", 0)).toBe(
      "GET /a?b=c HTTP/1.1\r\nHost: other.test\r\nConnection: keep-alive\r\n\r\n",
    );
  });

  it.each([
    ["GET", 0, ""],
    ["DELETE", 0, ""],
    ["POST", 0, "Content-Length: 0\r\n"],
    ["PUT", 12, "Content-Length: 12\r\n"],
    ["GET", 12, "Content-Length: 12\r\n"],
    ["POST", null, "Transfer-Encoding: chunked\r\n"],
  ])("frames a %s with %s bytes", (method, bytes, framing) => {
    expect(requestHead(request({ method }), "h", bytes)).toBe(
      `${method} /a?b=c HTTP/1.1\r\nHost: h\r\nConnection: keep-alive\r\n${framing}\r\n`,
    );
  });

  it.each([
    [{ headers: ["X-A", "a\r\nX-Evil: 1"] }],
    [{ headers: ["X-A", "a\nb"] }],
    [{ headers: ["X-A", "\u0100"] }],
    [{ headers: ["Host", "a\r\nb"] }],
    [{ headers: ["X A", "1"] }],
    [{ headers: ["X-A:", "1"] }],
    [{ headers: ["", "1"] }],
    [{ path: "/a b" }],
    [{ path: "/a\r\nX-Evil: 1" }],
    [{ path: "" }],
    [{ method: "GET /" }],
  ])("refuses %j, which would change the message's form", (fields) => {
    expect(() => requestHead(request(fields), "h", 0)).toThrow(UnsendableRequestError);
  });
});
