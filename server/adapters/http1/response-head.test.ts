import { describe, expect, it } from "vitest";
import { BrokenResponseError, parseResponseHead } from "./response-head";

const parse = (lines: string[], method = "GET") => parseResponseHead(lines.join("\r\n"), method);

describe("parseResponseHead", () => {
  it("keeps casing, order and repetitions of the fields and trims blanks around values", () => {
    const head = parse(["HTTP/1.1 200 OK", "X-A:  one \t", "x-a: two", "Set-Cookie: a=b", "X-Empty:"]);
    expect(head.status).toBe(200);
    expect(head.headers).toEqual(["X-A", "one", "x-a", "two", "Set-Cookie", "a=b", "X-Empty", ""]);
  });

  it.each([
    ["GET", ["HTTP/1.1 200 OK", "Content-Length: 5"], { kind: "length", bytes: 5 }],
    ["GET", ["HTTP/1.1 200 OK", "Transfer-Encoding: Chunked"], { kind: "chunked" }],
    ["GET", ["HTTP/1.1 200"], { kind: "until-close" }],
    ["HEAD", ["HTTP/1.1 200 OK", "Content-Length: 5"], { kind: "none" }],
    ["GET", ["HTTP/1.1 204 No Content"], { kind: "none" }],
    ["GET", ["HTTP/1.1 304 Not Modified", "Content-Length: 5"], { kind: "none" }],
    ["GET", ["HTTP/1.1 103 Early Hints"], { kind: "none" }],
  ])("finds the end of the body of %s %j", (method, lines, framing) => {
    expect(parse(lines, method).framing).toEqual(framing);
  });

  it.each([
    [["HTTP/1.1 200 OK", "Content-Length: 0"], 4_000],
    [["HTTP/1.1 200 OK", "Content-Length: 0", "Connection: close"], 0],
    [["HTTP/1.1 200 OK", "Content-Length: 0", "Connection: X-A, Close"], 0],
    [["HTTP/1.1 200 OK", "Content-Length: 0", "Connection: a", "Connection: close"], 0],
    [["HTTP/1.0 200 OK", "Content-Length: 0"], 0],
    [["HTTP/1.0 200 OK", "Content-Length: 0", "Connection: keep-alive"], 4_000],
    [["HTTP/1.1 200 OK", "Content-Length: 0", "Keep-Alive: timeout=30, max=5"], 29_000],
    [["HTTP/1.1 200 OK", "Content-Length: 0", "Keep-Alive: timeout=0"], 0],
    [["HTTP/1.1 200 OK", "Content-Length: 0", "Keep-Alive: timeout=999999999"], 600_000],
    [["HTTP/1.1 200 OK", "Content-Length: 0", "Keep-Alive: max=5"], 4_000],
    [["HTTP/1.1 200 OK"], 0],
  ])("knows how long the connection of %j is kept", (lines, keepAliveMs) => {
    expect(parse(lines).keepAliveMs).toBe(keepAliveMs);
  });

  it.each([
    [["HTTP/2 200 OK"]],
    [["HTTP/1.1  200 OK"]],
    [["HTTP/1.1 20 OK"]],
    [["HTTP/1.1 2e2 OK"]],
    [["HTTP/1.1 2000 OK"]],
    [["HTTP/1.1 200 OK", "no colon"]],
    [["HTTP/1.1 200 OK", ": no name"]],
    [["HTTP/1.1 200 OK", "X A: blank in the name"]],
    [["HTTP/1.1 200 OK", "X-A : blank before the colon"]],
    [["HTTP/1.1 200 OK", "X-A: folded", " line"]],
    [["HTTP/1.1 200 OK", "X-A: bare\nline break"]],
    [["HTTP/1.1 200 OK", "X-A: bare\rreturn"]],
    [["HTTP/1.1 200 OK", "X-A: nul\0"]],
    [["HTTP/1.1 200 bad\nreason"]],
    [["HTTP/1.1 200 OK", "Content-Length: 5", "Content-Length: 5"]],
    [["HTTP/1.1 200 OK", "Content-Length: 5, 5"]],
    [["HTTP/1.1 200 OK", "Content-Length: -5"]],
    [["HTTP/1.1 200 OK", "Content-Length: +5"]],
    [["HTTP/1.1 200 OK", "Content-Length: 0x5"]],
    [["HTTP/1.1 200 OK", "Content-Length: 9999999999999999"]],
    [["HTTP/1.1 200 OK", "Content-Length:"]],
    [["HTTP/1.1 200 OK", "Content-Length: 5", "Transfer-Encoding: chunked"]],
    [["HTTP/1.1 200 OK", "Transfer-Encoding: gzip, chunked"]],
    [["HTTP/1.1 200 OK", "Transfer-Encoding: identity"]],
    [["HTTP/1.1 200 OK", "Transfer-Encoding: chunked", "Transfer-Encoding: chunked"]],
  ])("refuses what could be read in two ways: %j", (lines) => {
    expect(() => parse(lines)).toThrow(BrokenResponseError);
  });
});
