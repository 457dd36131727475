import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AccessLogSink } from "./access-log-sink";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "gatehouse-log-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("AccessLogSink", () => {
  it("writes each stage's lines in order into a file of its own", async () => {
    const sink = new AccessLogSink(folder);
    for (let i = 0; i < 3; i++) sink.write("api1", "prod", `line ${i}`);
    sink.write("api1", "test", "other");
    await sink.close();
    expect(readFileSync(path.join(folder, "api1", "prod.log"), "utf8")).toBe("line 0\nline 1\nline 2\n");
    expect(readFileSync(path.join(folder, "api1", "test.log"), "utf8")).toBe("other\n");
  });

  it("drops and counts lines when the disk cannot keep up, and never throws", () => {
    const sink = new AccessLogSink(folder);
    const line = "a".repeat(1_000_000);
    for (let i = 0; i < 40; i++) sink.write("api1", "prod", line);
    expect(sink.droppedLines).toBeGreaterThan(20);
    void sink.close();
  });

  it("counts lines a broken disk has lost", async () => {
    writeFileSync(path.join(folder, "api1"), "a file where the folder should be");
    const sink = new AccessLogSink(folder);
    sink.write("api1", "prod", "lost");
    await sink.close();
    expect([sink.droppedLines, sink.lastError === null]).toEqual([1, false]);
  });

  it("keeps lines whole when several processes write one file, however much they write at a time", async () => {
    const sinks = ["a", "b"].map((letter) => ({ letter, sink: new AccessLogSink(folder) }));
    for (const { letter, sink } of sinks)
      for (let i = 0; i < 4_000; i++) sink.write("abc", "busy", letter.repeat(499));
    await Promise.all(sinks.map(({ sink }) => sink.close()));
    const lines = readFileSync(path.join(folder, "abc", "busy.log"), "utf8")
      .trimEnd()
      .split("\n");
    expect(lines).toHaveLength(8_000);
    expect(lines.filter((line) => !/^(a{499}|b{499})$/.test(line))).toEqual([]);
  });
});
