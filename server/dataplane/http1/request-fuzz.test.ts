import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RequestReader } from "@/server/testing/wire/request-reader";
import { checkPartialHead, parseRequestHead, RequestFault, type RequestHead } from "./request-head";

/** `GATEHOUSE_WIRE_FUZZ=200000` tries so many, from a seed of its own; otherwise some, always the same. */
const wanted = Number(process.env.GATEHOUSE_WIRE_FUZZ ?? 0);
const RUNS = wanted > 0 ? { numRuns: wanted } : { numRuns: 2_000, seed: 20_261_125 };

/** The head, or the status of the refusal. Anything else that is thrown is a bug. */
function read(text: string): RequestHead | number {
  try {
    return parseRequestHead(text);
  } catch (error) {
    if (error instanceof RequestFault) return error.status;
    throw error;
  }
}

function statusOfBeginning(text: string): number | null {
  try {
    checkPartialHead(text);
    return null;
  } catch (error) {
    if (error instanceof RequestFault) return error.status;
    throw error;
  }
}

const field = fc.oneof(
  fc
    .tuple(fc.stringMatching(/^[A-Za-z-]{1,10}$/), fc.stringMatching(/^[ -~\t\x80-\xff]{0,12}$/))
    .map(([name, value]) => `${name}: ${value}`),
  fc.constantFrom(
    "Content-Length: 5",
    "Content-Length: 0",
    "Transfer-Encoding: chunked",
    "transfer-encoding: Chunked",
    "Connection: close",
    "Expect: 100-continue",
    "Host: y",
    " folded",
    "X-A",
  ),
);
const head = fc
  .record({
    method: fc.constantFrom("GET", "POST", "DELETE", "OPTIONS"),
    target: fc.constantFrom("/", "/a/b?c=d", "/%0d%0a", "*", "http://x/y"),
    version: fc.constantFrom("HTTP/1.1", "HTTP/1.1", "HTTP/1.0"),
    fields: fc.array(field, { maxLength: 5 }),
  })
  .map(({ method, target, version, fields }) =>
    [`${method} ${target} ${version}`, "Host: x", ...fields].join("\r\n"),
  );
const change = fc.tuple(
  fc.nat(200),
  fc.oneof(fc.constantFrom(0, 9, 10, 13, 32, 44, 58, 59, 127, 128), fc.nat(255)),
  fc.constantFrom("replace", "insert", "remove"),
);
const changed = fc
  .tuple(head, fc.array(change, { minLength: 1, maxLength: 4 }))
  .map(([text, changes]) =>
    changes.reduce((before, [place, code, kind]) => {
      const at = place % (before.length + 1);
      const put = kind === "remove" ? "" : String.fromCharCode(code);
      return before.slice(0, at) + put + before.slice(kind === "insert" ? at : at + 1);
    }, text),
  )
  .filter((text) => !text.includes("\r\n\r\n"));

describe("the reader of clients' requests", () => {
  it("takes a head or refuses it with a status, whatever its bytes", () => {
    fc.assert(
      fc.property(fc.oneof(head, changed), (text) => {
        const found = read(text);
        if (typeof found === "number") expect(found).toBeGreaterThanOrEqual(400);
      }),
      RUNS,
    );
  });

  it("refuses no beginning of a head that it takes as a whole", () => {
    fc.assert(
      fc.property(fc.oneof(head, changed), fc.nat(300), (text, length) => {
        if (typeof read(text) === "number") return;
        expect(statusOfBeginning(text.slice(0, length))).toBeNull();
      }),
      RUNS,
    );
  });

  it("understands what it takes as another strict reader does: one host, one length, no other fields", () => {
    fc.assert(
      fc.property(fc.oneof(head, changed), (text) => {
        const found = read(text);
        if (typeof found === "number" || found.minorVersion === 0 || !found.target.startsWith("/")) return;
        // As the client's fields would stand in a request of ours.
        const lines = [`${found.method} ${found.target} HTTP/1.1`];
        for (let i = 0; i < found.headers.length; i += 2)
          lines.push(`${found.headers[i]}: ${found.headers[i + 1]}`);
        expect(found.headers.length / 2).toBe(text.split("\r\n").filter((line) => line !== "").length - 1);
        const body = found.bodyBytes === null ? "5\r\nhello\r\n0\r\n\r\n" : "hello".slice(0, found.bodyBytes);
        const [request] = new RequestReader().push(
          `${lines.join("\r\n")}\r\n\r\n${body.toLowerCase()}`.replace(/: [Cc]hunked/g, ": chunked"),
        );
        expect(request).toMatchObject({ target: found.target, body: body.includes("hello") ? "hello" : "" });
      }),
      RUNS,
    );
  });
});
