import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BrokenResponseError } from "./response-head";
import { ResponseReader } from "./response-reader";

/** `GATEHOUSE_WIRE_FUZZ=200000` tries so many, from a seed of its own; otherwise some, always the same. */
const wanted = Number(process.env.GATEHOUSE_WIRE_FUZZ ?? 0);
const RUNS = wanted > 0 ? { numRuns: wanted } : { numRuns: 1_500, seed: 20_261_125 };

type Outcome = { events: string[]; error: string | null };

/**
 * What the reader says of the octets, however they come: heads, the body's octets in a row, the end, and the error if
 * there is one. Anything else that it throws is a bug.
 */
function outcomeOf(pieces: readonly Buffer[], method: string): Outcome {
  const reader = new ResponseReader();
  const events: string[] = [];
  let body = "";
  const tell = (event: string) => {
    if (body !== "") events.push(`body ${body}`);
    body = "";
    events.push(event);
  };
  reader.expect({
    method,
    onHead: ({ status, headers, framing, keepAliveMs }) =>
      tell(`head ${status} ${JSON.stringify({ headers, framing, keepAliveMs })}`),
    onBody: (bytes) => {
      body += bytes.toString("latin1");
    },
    onEnd: () => tell("end"),
  });
  try {
    for (const piece of pieces) reader.push(piece);
    reader.end();
  } catch (error) {
    if (!(error instanceof BrokenResponseError)) throw error;
    if (body !== "") events.push(`body ${body}`);
    return { events, error: error.message };
  }
  return { events, error: null };
}

function cut(octets: Buffer, at: readonly number[]): Buffer[] {
  const places = [...new Set(at.map((place) => place % (octets.length + 1)))].sort((a, b) => a - b);
  return [0, ...places].map((from, i) => Buffer.from(octets.subarray(from, places[i] ?? octets.length)));
}

const token = fc.stringMatching(/^[A-Za-z-]{1,12}$/);
const value = fc.stringMatching(/^[ -~\t\x80-\xff]{0,20}$/);
const field = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(token, value).map(([name, text]) => `${name}: ${text}\r\n`) },
  fc.constantFrom(
    "Connection: close\r\n",
    "Keep-Alive: timeout=5\r\n",
    "Content-Length: 3\r\n",
    "\r\n",
    "X\r\n",
  ),
);
const body = fc.string({ maxLength: 40, unit: "binary-ascii" });
const chunk = fc
  .tuple(body, fc.constantFrom("", ";a", ' ;b="c"'))
  .map(([text, extension]) => (text === "" ? "" : `${text.length.toString(16)}${extension}\r\n${text}\r\n`));
const framed = fc.oneof(
  body.map((text) => ["", text]),
  body.map((text) => [`Content-Length: ${text.length}\r\n`, text]),
  fc
    .tuple(fc.array(chunk, { maxLength: 5 }), fc.array(field, { maxLength: 2 }))
    .map(([chunks, trailers]) => [
      "Transfer-Encoding: chunked\r\n",
      `${chunks.join("")}0\r\n${trailers.join("")}\r\n`,
    ]),
);
const answer = fc
  .record({
    early: fc.array(
      fc.constantFrom("HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 103 X\r\nLink: </a>\r\n\r\n"),
      {
        maxLength: 2,
      },
    ),
    version: fc.constantFrom("HTTP/1.1", "HTTP/1.0"),
    status: fc.constantFrom(200, 200, 200, 204, 304, 404, 500, 999),
    fields: fc.array(field, { maxLength: 4 }),
    framed,
    rest: fc.constantFrom("", "", "", "\r\n", "HTTP/1.1 200 OK\r\n\r\n"),
  })
  .map(({ early, version, status, fields, framed: [framing, text], rest }) =>
    Buffer.from(
      `${early.join("")}${version} ${status} Some\r\n${fields.join("")}${framing}\r\n${text}${rest}`,
      "latin1",
    ),
  );
const method = fc.constantFrom("GET", "GET", "HEAD", "POST");
const places = fc.array(fc.nat(400), { maxLength: 12 });
const mutation = fc.tuple(fc.nat(400), fc.nat(255), fc.constantFrom("replace", "insert", "remove", "swap"));

function mutated(octets: Buffer, mutations: readonly (readonly [number, number, string])[]): Buffer {
  const bytes = [...octets];
  for (const [place, byte, kind] of mutations) {
    const at = bytes.length === 0 ? 0 : place % bytes.length;
    if (kind === "replace") bytes[at] = byte;
    else if (kind === "insert") bytes.splice(at, 0, byte);
    else if (kind === "remove") bytes.splice(at, 1 + (byte % 4));
    else bytes.splice(at, 2, ...bytes.slice(at, at + 2).reverse());
  }
  return Buffer.from(bytes);
}

describe("the reader of back ends' answers", () => {
  it("says the same of an answer however it is cut", () => {
    fc.assert(
      fc.property(answer, method, places, (octets, verb, at) => {
        expect(outcomeOf(cut(octets, at), verb)).toEqual(outcomeOf([octets], verb));
      }),
      RUNS,
    );
  });

  it("says the same byte by byte", () => {
    fc.assert(
      fc.property(answer, method, (octets, verb) => {
        const bytes = [...octets].map((byte) => Buffer.from([byte]));
        expect(outcomeOf(bytes, verb)).toEqual(outcomeOf([octets], verb));
      }),
      { ...RUNS, numRuns: Math.ceil(RUNS.numRuns / 5) },
    );
  });

  it("takes an answer with changed bytes or refuses it, and again however it is cut", () => {
    const mutations = fc.array(mutation, { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(answer, method, mutations, places, (octets, verb, changes, at) => {
        const changed = mutated(octets, changes);
        const whole = outcomeOf([changed], verb);
        const inPieces = outcomeOf(cut(changed, at), verb);
        // The error may be told earlier, and what came before it only in part.
        expect(inPieces.error === null).toBe(whole.error === null);
        if (whole.error === null) expect(inPieces).toEqual(whole);
      }),
      RUNS,
    );
  });

  it("takes or refuses any bytes at all", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), method, (bytes, verb) => {
        const octets = Buffer.from(bytes);
        outcomeOf([octets], verb);
        outcomeOf([Buffer.from("HTTP/1.1 200 OK\r\n"), octets], verb);
        outcomeOf([Buffer.from("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"), octets], verb);
      }),
      RUNS,
    );
  });

  it("takes a head of 60 kB byte by byte in time that grows with its length", () => {
    const head = Buffer.from(`HTTP/1.1 200 OK\r\n${"X-A: aaaaaaaaaaaaaaaa\r\n".repeat(2_700)}\r\n`);
    const bytes = [...head].map((byte) => Buffer.from([byte]));
    const startMs = performance.now();
    expect(outcomeOf(bytes, "GET").error).toBeNull();
    expect(performance.now() - startMs).toBeLessThan(1_000);
  });
});
