import { describe, expect, it } from "vitest";
import { checkPartialHead, parseRequestHead, RequestFault } from "./request-head";

const parse = (...lines: string[]) => parseRequestHead(lines.join("\r\n"));

function statusOf(act: () => unknown): number | null {
  try {
    act();
    return null;
  } catch (error) {
    if (error instanceof RequestFault) return error.status;
    throw error;
  }
}

describe("parseRequestHead", () => {
  it("keeps casing, order and repetitions of the fields and trims blanks around values", () => {
    const head = parse("GET /a?b=c HTTP/1.1", "Host: x", "X-A:  one \t", "x-a: two", "X-Empty:");
    expect(head).toMatchObject({ method: "GET", target: "/a?b=c", minorVersion: 1, host: "x" });
    expect(head.headers).toEqual(["Host", "x", "X-A", "one", "x-a", "two", "X-Empty", ""]);
  });

  it.each([
    [["GET / HTTP/1.1", "Host: x"], { bodyBytes: 0, keepsAlive: true, isWaiting: false, hasCookies: false }],
    [["POST / HTTP/1.1", "Host: x", "Content-Length: 5"], { bodyBytes: 5 }],
    [["POST / HTTP/1.1", "Host: x", "Transfer-Encoding: Chunked"], { bodyBytes: null }],
    [["GET / HTTP/1.1", "Host: x", "Connection: close"], { keepsAlive: false }],
    [["GET / HTTP/1.1", "Host: x", "Connection: X-A, Close"], { keepsAlive: false }],
    [["GET / HTTP/1.0"], { minorVersion: 0, keepsAlive: false, host: "" }],
    [["GET / HTTP/1.0", "Connection: keep-alive"], { keepsAlive: true }],
    [["POST / HTTP/1.1", "Host: x", "Expect: 100-Continue", "Content-Length: 1"], { isWaiting: true }],
    [["GET / HTTP/1.1", "Host: x", "cookie: a=b"], { hasCookies: true }],
    [["POST / HTTP/1.1", "Host: x", "X-HTTP-Method-Override: delete"], { methodOverride: "DELETE" }],
    [["POST / HTTP/1.1", "Host: x", "X-HTTP-Method-Override: BREW"], { methodOverride: null }],
    [["OPTIONS * HTTP/1.1", "Host: x"], { target: "*" }],
    [["GET http://x/y HTTP/1.1", "Host: x"], { target: "http://x/y" }],
  ])("reads %j", (lines, wanted) => {
    expect(parse(...lines)).toMatchObject(wanted);
  });

  it.each([
    [400, ["BREW / HTTP/1.1", "Host: x"]],
    [400, ["get / HTTP/1.1", "Host: x"]],
    [400, ["GET x HTTP/1.1", "Host: x"]],
    [400, ["GET /  HTTP/1.1", "Host: x"]],
    [400, ["GET /\x7f HTTP/1.1", "Host: x"]],
    [400, ["GET / HTTP/1.2", "Host: x"]],
    [505, ["GET / HTTP/2.0", "Host: x"]],
    [505, ["GET /"]],
    [400, ["GET / HTTP/1.1"]],
    [400, ["GET / HTTP/1.1", "Host: x", "Host: x"]],
    [400, ["GET / HTTP/1.1", "Host: x/y"]],
    [400, ["GET / HTTP/1.1", "Host : x"]],
    [400, ["GET / HTTP/1.1", "Host: x", " folded"]],
    [400, ["GET / HTTP/1.1", "Host: x", "X-A: a\nX-B: b"]],
    [400, ["GET / HTTP/1.1", "Host: x", "X-A: a\0"]],
    [400, ["GET / HTTP/1.1", "Host: x", "no colon"]],
    [400, ["POST / HTTP/1.1", "Host: x", "Content-Length: 5", "Content-Length: 5"]],
    [400, ["POST / HTTP/1.1", "Host: x", "Content-Length: 5, 5"]],
    [400, ["POST / HTTP/1.1", "Host: x", "Content-Length: +5"]],
    [400, ["POST / HTTP/1.1", "Host: x", "Content-Length:"]],
    [400, ["POST / HTTP/1.1", "Host: x", "Content-Length: 99999999999999999999"]],
    [400, ["POST / HTTP/1.1", "Host: x", "Content-Length: 5", "Transfer-Encoding: chunked"]],
    [400, ["POST / HTTP/1.1", "Host: x", "Transfer-Encoding: chunked, identity"]],
    [400, ["POST / HTTP/1.1", "Host: x", "Transfer-Encoding: chunked", "Transfer-Encoding: chunked"]],
    [400, ["POST / HTTP/1.0", "Transfer-Encoding: chunked"]],
    [501, ["POST / HTTP/1.1", "Host: x", "Transfer-Encoding: gzip, chunked"]],
    [405, ["CONNECT x:80 HTTP/1.1", "Host: x"]],
    [417, ["POST / HTTP/1.1", "Host: x", "Expect: magic"]],
    [414, [`GET /${"a".repeat(10_240)} HTTP/1.1`, "Host: x"]],
    [431, ["GET / HTTP/1.1", "Host: x", `X-A: ${"a".repeat(10_240)}`]],
  ])("refuses with %i %j", (status, lines) => {
    expect(statusOf(() => parse(...lines))).toBe(status);
  });
});

describe("checkPartialHead", () => {
  it.each([
    [null, "G"],
    [null, "GET / HTTP/1.1\r\nHost: x\r\nX-"],
    [null, "GET / HTTP/1.1\r"],
    [400, "BREW"],
    [400, "\x16\x03\x01"],
    [400, "GET / HTTP/1.1\nHost"],
    [414, `GET /${"a".repeat(20_480)}`],
    [431, `GET / HTTP/1.1\r\nX-A: ${"a".repeat(20_480)}`],
  ])("says %s of what begins so", (status, text) => {
    expect(statusOf(() => checkPartialHead(text))).toBe(status);
  });
});
