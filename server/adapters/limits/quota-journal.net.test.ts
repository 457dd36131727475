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

const HEAD_BYTES = 504;

/** What a process that was killed leaves: a copy that nobody has open, of a process that is gone or of this one. */
function leave(source: string, change: (owner: Record<string, unknown>) => object = (owner) => owner): void {
  const [name = ""] = readdirSync(source);
  const file = path.join(folder, "left.journal");
  copyFileSync(path.join(source, name), file);
  const bytes = readFileSync(file);
  const owner = JSON.parse(bytes.toString("utf8", 0, HEAD_BYTES));
  bytes.write(JSON.stringify(change(owner)).padEnd(HEAD_BYTES), 0);
  writeFileSync(file, bytes);
}

const isThere = () => readdirSync(folder).includes("left.journal");

describe("QuotaJournalFile", () => {
  it("tells what a killed gateway held, and no more than that, until it is removed", () => {
    const source = path.join(folder, "before");
    const journal = new QuotaJournalFile(source);
    const entry = journal.begin("plan", "kéy", 5);
    entry?.hold(100, 7);
    entry?.spend(40);
    entry?.settle({ counted: 10, givenBack: 1 }, { counted: 30, givenBack: 2 }, 9);
    const ended = journal.begin("plan", "other", 5);
    ended?.hold(7, 7);
    ended?.end();
    journal.receivedAll(7);
    leave(source);
    const next = new QuotaJournalFile(folder);
    const left = next.left();
    const slot = {
      ...{ planId: "plan", keyId: "kéy", startMs: 5, held: 100, heldStep: 7, spent: 40 },
      ...{ before: { counted: 10, givenBack: 1 }, after: { counted: 30, givenBack: 2 }, countStep: 9 },
    };
    expect(left.map(({ run }) => run)).toEqual([{ runId: journal.runId, done: 7, slots: [slot] }]);
    expect(next.left()).toEqual(left);
    for (const one of left) next.remove(one);
    expect(next.left()).toEqual([]);
    next.close(true);
    journal.close(true);
    expect(readdirSync(source)).toEqual([]);
  });

  it("stays for the next process when it is closed with something left in it", () => {
    const journal = new QuotaJournalFile(folder);
    journal.begin("plan", "key", 5)?.hold(100, 1);
    const next = new QuotaJournalFile(folder);
    expect(next.left()).toEqual([]);
    journal.close(false);
    expect(next.left().map(({ run }) => run.runId)).toEqual([journal.runId]);
    next.close(true);
  });

  it("begins another run with nothing in it, and takes nothing for it that was meant for the one before", () => {
    const journal = new QuotaJournalFile(folder);
    const before = journal.runId;
    const entry = journal.begin("plan", "key", 5);
    journal.renew();
    entry?.hold(100, 1);
    entry?.end();
    journal.begin("plan", "key", 6)?.hold(3, 2);
    expect(journal.runId).not.toBe(before);
    journal.close(false);
    const next = new QuotaJournalFile(folder);
    expect(next.left().map(({ run }) => run)).toMatchObject([
      { runId: journal.runId, slots: [{ startMs: 6, held: 3 }] },
    ]);
    next.close(true);
  });

  it("leaves alone what a running process or another machine holds; trusts nothing of another version, or from before the machine's start", () => {
    const source = path.join(folder, "before");
    const journal = new QuotaJournalFile(source);
    journal.begin("plan", "key", 5)?.hold(100, 1);
    const next = new QuotaJournalFile(folder);
    leave(source, (owner) => ({ ...owner, pid: process.ppid }));
    expect([next.left(), isThere()]).toEqual([[], true]);
    leave(source, (owner) => ({ ...owner, host: "elsewhere" }));
    expect([next.left(), isThere()]).toEqual([[], true]);
    leave(source, (owner) => ({ ...owner, boot: "an earlier one" }));
    expect([next.left(), isThere()]).toEqual([[], false]);
    leave(source, (owner) => ({ ...owner, formatVersion: 1, pid: process.ppid }));
    expect([next.left(), isThere()]).toEqual([[], true]);
    leave(source, (owner) => ({ ...owner, formatVersion: 1 }));
    expect([next.left(), isThere()]).toEqual([[], false]);
    writeFileSync(path.join(folder, "broken.journal"), "no journal");
    expect(next.left()).toEqual([]);
    expect(readdirSync(folder).includes("broken.journal")).toBe(false);
    next.close(true);
    journal.close(true);
  });

  it("holds nobody up where it cannot write", () => {
    writeFileSync(path.join(folder, "file"), "");
    const journal = new QuotaJournalFile(path.join(folder, "file"));
    expect(journal.begin("plan", "key", 5)).toBeNull();
    expect(journal.left()).toEqual([]);
    journal.close(true);
  });
});
