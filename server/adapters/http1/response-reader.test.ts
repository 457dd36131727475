import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BrokenResponseError, type ResponseHead } from "./response-head";
import { ResponseReader } from "./response-reader";

/** Feeds the pieces and says what the answer was; `ended` is missing if it is not complete. */
function read(pieces: readonly (string | Buffer)[], method = "GET") {
  const reader = new ResponseReader();
  const seen = { status: 0, body: "", ended: false };
  reader.expect({
    method,
    onHead: ({ status }: ResponseHead) => {
      seen.status = status;
    },
    onBody: (bytes) => {
      seen.body += bytes.toString("latin1");
    },
    onEnd: () => {
      seen.ended = true;
    },
  });
  for (const piece of pieces) reader.push(Buffer.from(piece));
  return { ...seen, reader };
}

/** The text in pieces of the given sizes, the rest as one. */
function cut(text: string, sizes: readonly number[]): string[] {
  const pieces: string[] = [];
  let at = 0;
  for (const size of sizes) {
    pieces.push(text.slice(at, at + size));
    at += size;
  }
  pieces.push(text.slice(at));
  return pieces.filter((piece) => piece !== "");
}

const LENGTH = "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\nhello world";
const CHUNKED =
  "HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n5;note=x\r\nhello\r\n6\r\n world\r\n0\r\nX-Trailer: 1\r\n\r\n";
const EARLY = `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${LENGTH}`;

describe("ResponseReader", () => {
  it.each([
    ["a length", LENGTH, 200],
    ["chunks", CHUNKED, 201],
    ["informational answers before it", EARLY, 200],
  ])("reads an answer with %s, however it is cut", (_what, text, status) => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 20 })), (sizes) => {
        const { reader, ...seen } = read(cut(text, sizes));
        expect(seen).toEqual({ status, body: "hello world", ended: true });
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  it("an answer without a length ends with the connection", () => {
    const { reader, ...seen } = read(["HTTP/1.1 200 OK\r\n\r\nhel", "lo"]);
    expect(seen).toEqual({ status: 200, body: "hello", ended: false });
    expect(() => reader.end()).not.toThrow();
  });

  it.each([
    ["HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n"],
    ["GET", "HTTP/1.1 204 No Content\r\n\r\n"],
    ["GET", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"],
  ])("an answer to %s that has no body ends with its head: %j", (method, text) => {
    const { ended, body } = read([text], method);
    expect([ended, body]).toEqual([true, ""]);
  });

  it.each([
    ["no HTTP, at once", ["220 smtp"]],
    ["a switch of protocols", ["HTTP/1.1 101 Switching Protocols\r\n\r\n"]],
    ["a head without an end", ["HTTP/1.1 200 OK\r\n", `X: ${"a".repeat(70_000)}`]],
    ["bytes after the answer", [`${LENGTH}HTTP/1.1 200 OK\r\n\r\n`]],
    ["a size that is no number", ["HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n"]],
    ["a negative size", ["HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\n"]],
    ["a size beyond all bounds", ["HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffff\r\n"]],
    ["a chunk longer than its size", ["HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n"]],
    [
      "a size line that ends with LF only",
      ["HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\nab\r\n"],
    ],
    ["an endless size line", [`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;${"a".repeat(9_000)}`]],
    [
      "endless trailers",
      [`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n${"A: aaaaaaaa\r\n".repeat(900)}`],
    ],
  ])("refuses %s", (_what, pieces) => {
    expect(() => read(pieces)).toThrow(BrokenResponseError);
  });

  it.each([
    ["in the head", "HTTP/1.1 200 OK\r\nX"],
    ["in a counted body", "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\nhello"],
    ["between chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"],
    ["before the last line", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"],
  ])("a connection that closes %s has broken the answer", (_where, text) => {
    const { reader } = read([text]);
    expect(() => reader.end()).toThrow(BrokenResponseError);
  });

  it("knows whether any byte of the answer has come", () => {
    const reader = read([]).reader;
    expect(reader.hasBegun).toBe(false);
    reader.push(Buffer.from("H"));
    expect(reader.hasBegun).toBe(true);
  });
});
