import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { QuotaJournalFile } from "./quota-journal";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "gatehouse-journal-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What a process that was killed leaves: a copy that nobody has open, of a process that is gone or of this one. */
function leave(source: string, change: (owner: Record<string, unknown>) => object = (owner) => owner): void {
  const [name = ""] = readdirSync(source);
  const file = path.join(folder, "left.journal");
  copyFileSync(path.join(source, name), file);
  const bytes = readFileSync(file);
  const owner = JSON.parse(bytes.toString("utf8", 0, 512));
  bytes.write(JSON.stringify(change(owner)).padEnd(512), 0);
  writeFileSync(file, bytes);
}

describe("QuotaJournalFile", () => {
  it("tells once what a killed gateway held, and no more than that", () => {
    const source = path.join(folder, "before");
    const journal = new QuotaJournalFile(source);
    const entry = journal.begin("plan", "kéy", 5);
    entry?.hold(100);
    entry?.spend(40);
    entry?.report(30);
    const ended = journal.begin("plan", "other", 5);
    ended?.hold(7);
    ended?.end();
    leave(source);
    const next = new QuotaJournalFile(folder);
    expect(next.takeLeft()).toEqual([
      { planId: "plan", keyId: "kéy", startMs: 5, held: 100, spent: 40, reported: 30 },
    ]);
    expect(next.takeLeft()).toEqual([]);
    next.close();
    journal.close();
    expect(readdirSync(source)).toEqual([]);
  });

  it("leaves alone what a running process or another machine holds, and trusts nothing from before the machine's start", () => {
    const source = path.join(folder, "before");
    const journal = new QuotaJournalFile(source);
    journal.begin("plan", "key", 5)?.hold(100);
    const next = new QuotaJournalFile(folder);
    const isThere = () => readdirSync(folder).includes("left.journal");
    leave(source, (owner) => ({ ...owner, pid: process.ppid }));
    expect([next.takeLeft(), isThere()]).toEqual([[], true]);
    leave(source, (owner) => ({ ...owner, host: "elsewhere" }));
    expect([next.takeLeft(), isThere()]).toEqual([[], true]);
    leave(source, (owner) => ({ ...owner, boot: "an earlier one" }));
    expect([next.takeLeft(), isThere()]).toEqual([[], false]);
    writeFileSync(path.join(folder, "broken.journal"), "no journal");
    expect(next.takeLeft()).toEqual([]);
    next.close();
    journal.close();
  });

  it("holds nobody up where it cannot write", () => {
    writeFileSync(path.join(folder, "file"), "");
    const journal = new QuotaJournalFile(path.join(folder, "file"));
    expect(journal.begin("plan", "key", 5)).toBeNull();
    expect(journal.takeLeft()).toEqual([]);
    journal.close();
  });
});
