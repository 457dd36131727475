import { describe, expect, it } from "vitest";
import { bodyOf, closeBody } from "./http-message";

const piecesOf = async (bytes: Uint8Array) => {
  const pieces: Uint8Array[] = [];
  for await (const piece of bodyOf(bytes).stream()) pieces.push(piece);
  return pieces;
};

describe("a body in memory", () => {
  it("is read whole or as a stream, and knows its size", async () => {
    const bytes = Uint8Array.of(1, 2, 3);
    expect(bodyOf(bytes).sizeBytes).toBe(3);
    expect(await bodyOf(bytes).bytes()).toEqual(bytes);
    expect(await piecesOf(bytes)).toEqual([bytes]);
  });

  it("gives no pieces when it is empty", async () => {
    expect(await piecesOf(new Uint8Array(0))).toEqual([]);
  });
});

describe("closeBody", () => {
  it("lets a stream go that can be let go", () => {
    let isClosed = false;
    const destroy = () => {
      isClosed = true;
    };
    closeBody(Object.assign(bodyOf(Uint8Array.of(1)).stream(), { destroy }));
    expect(isClosed).toBe(true);
  });

  it("leaves alone what holds nothing open", () => {
    for (const body of [null, "text", Uint8Array.of(1), bodyOf(Uint8Array.of(1)).stream()]) closeBody(body);
  });
});
