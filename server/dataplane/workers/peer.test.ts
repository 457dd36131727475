import { describe, expect, it } from "vitest";
import { type Frame, Peer } from "./peer";

type Questions = {
  add: { input: [number, number]; output: number };
  fail: { input: null; output: null };
  never: { input: null; output: null };
};

function pair() {
  const frames: Frame[] = [];
  const told: number[] = [];
  const far = new Peer<Record<string, never>, Questions>((frame) => near.receive(frame), {
    add: ([a, b]) => {
      told.push(a + b);
      return a + b;
    },
    fail: () => {
      throw new Error("no luck");
    },
    never: () => new Promise(() => undefined),
  });
  const near: Peer<Questions, Record<string, never>> = new Peer<Questions, Record<string, never>>((frame) => {
    frames.push(frame);
    far.receive(frame);
  }, {});
  return { near, frames, told };
}

describe("a channel between two processes", () => {
  it("answers what it is asked, all of one turn in one message", async () => {
    const { near, frames } = pair();
    const sums = [near.call("add", [1, 2]), near.call("add", [3, 4]), near.call("add", [5, 6])];
    expect(await Promise.all(sums)).toEqual([3, 7, 11]);
    expect(frames).toHaveLength(1);
  });

  it("passes on what went wrong, and gives up waiting", async () => {
    const { near } = pair();
    await expect(near.call("fail", null)).rejects.toThrow("no luck");
    await expect(near.call("never", null, 5)).rejects.toThrow("no answer to never");
  });

  it("keeps telling and asking in their order", async () => {
    const { near, told } = pair();
    near.tell("add", [1, 0]);
    await near.call("add", [2, 0]);
    expect(told).toEqual([1, 2]);
  });

  it("lets nobody wait for a process that is gone", async () => {
    const { near } = pair();
    const waiting = near.call("never", null, null);
    near.close();
    await expect(waiting).rejects.toThrow("gone");
    await expect(near.call("add", [1, 1])).rejects.toThrow("gone");
  });
});
