import { randomUUID } from "node:crypto";
import { closeSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import path from "node:path";
import type { JournalEntry, QuotaJournal } from "./quota-holding";
import { DONE_AT, emptySlot, headOf, SLOT, SLOT_BYTES } from "./quota-journal-format";
import { bootId, type JournalLeft, journalsLeft } from "./quota-journals-left";

/** Files of this process, which must not be taken for those of one that is gone. */
const open = new Set<string>();

/**
 * What is reserved, in a file that outlives the process: the next gateway with this data folder gives it back. Writes go to
 * the system's cache only. That survives a kill but no power cut, so a file from before the machine's start is worth nothing.
 * What must be true together is written together: a kill tears no write of some bytes.
 */
export class QuotaJournalFile implements QuotaJournal {
  #runId = randomUUID();
  #descriptor: number | null = null;
  #freeSlots: number[] = [];
  #slots = 1;

  constructor(private readonly folder: string) {
    this.#open();
  }

  /** Under this id the database knows what this process reserves and counts, also when there is no file. */
  get runId(): string {
    return this.#runId;
  }

  begin(planId: string, keyId: string, startMs: number): JournalEntry | null {
    const bytes = emptySlot({ planId, keyId, startMs });
    if (this.#descriptor === null || bytes === null) return null;
    const runId = this.#runId;
    const slot = this.#freeSlots.pop() ?? this.#slots++;
    // An entry of a run that is over writes into no other run's file.
    const write = (from: number, to: number) => {
      if (runId === this.#runId) this.#write(bytes.subarray(from, to), slot * SLOT_BYTES + from);
    };
    const set = (at: number, values: readonly number[]) => {
      for (const [index, value] of values.entries()) bytes.writeDoubleLE(value, at + 8 * index);
      write(at, at + 8 * values.length);
    };
    write(0, SLOT_BYTES);
    return {
      hold: (held, step) => set(SLOT.held, [held, step]),
      spend: (spent) => set(SLOT.spent, [spent]),
      settle: (before, after, step) =>
        set(SLOT.before, [before.counted, before.givenBack, after.counted, after.givenBack, step]),
      end: () => {
        bytes.fill(0);
        write(0, SLOT_BYTES);
        if (runId === this.#runId) this.#freeSlots.push(slot);
      },
    };
  }

  receivedAll(step: number): void {
    const bytes = Buffer.alloc(8);
    bytes.writeDoubleLE(step);
    this.#write(bytes, DONE_AT);
  }

  /** What gateways of this folder left when they were killed, until it is removed. */
  left(): JournalLeft[] {
    return journalsLeft(this.folder, open);
  }

  /** Its run is settled. */
  remove({ file }: JournalLeft): void {
    rmSync(file, { force: true });
  }

  /** Another run, with nothing held: the one until now was settled by another process. */
  renew(): void {
    this.#giveUp();
    this.#runId = randomUUID();
    this.#freeSlots = [];
    this.#slots = 1;
    this.#open();
  }

  /** Stays there for the next process if something is left in it. */
  close(isSettled: boolean): void {
    if (isSettled) this.#giveUp();
    else this.#closeFile();
  }

  get #file(): string {
    return path.join(this.folder, `${this.#runId}.journal`);
  }

  #open(): void {
    try {
      const boot = bootId();
      if (boot === null) return;
      mkdirSync(this.folder, { recursive: true });
      open.add(this.#file);
      // Nobody may find it without its head.
      const unnamed = `${this.#file}.new`;
      this.#descriptor = openSync(unnamed, "w", 0o600);
      writeSync(this.#descriptor, headOf({ boot, runId: this.#runId }), 0, SLOT_BYTES, 0);
      renameSync(unnamed, this.#file);
    } catch {
      this.#giveUp();
    }
  }

  #closeFile(): void {
    if (this.#descriptor !== null) closeSync(this.#descriptor);
    this.#descriptor = null;
    open.delete(this.#file);
  }

  /** Without a complete file nothing may be given back from it. */
  #giveUp(): void {
    this.#closeFile();
    try {
      rmSync(this.#file, { force: true });
    } catch {
      // There was never a file.
    }
  }

  #write(bytes: Buffer, at: number): void {
    if (this.#descriptor === null) return;
    try {
      writeSync(this.#descriptor, bytes, 0, bytes.length, at);
    } catch {
      this.#giveUp();
    }
  }
}
