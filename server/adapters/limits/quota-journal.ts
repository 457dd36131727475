import { randomUUID } from "node:crypto";
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import type { JournalEntry, QuotaJournal } from "./quota-account";

/** What a gateway that was killed had reserved in one period of one quota. */
export type JournalRecord = {
  planId: string;
  keyId: string;
  startMs: number;
  /** Reserved and not given back, of that at most used, and of that already counted as used. */
  held: number;
  spent: number;
  reported: number;
};

type Owner = { formatVersion: 1; host: string; boot: string; pid: number };

const SLOT_BYTES = 512;
/** start, held, spent, reported as doubles, then the names' length and the names. */
const NAMES_AT = 34;
const SPENT_AT = 16;

/** Files of this process, which must not be taken for those of one that is gone. */
const open = new Set<string>();

/**
 * What is reserved, in a file that outlives the process: the next gateway with this data folder gives it back. Writes go to
 * the system's cache only. That survives a kill but no power cut, so a file from before the machine's start is worth nothing.
 */
export class QuotaJournalFile implements QuotaJournal {
  readonly #file: string;
  #descriptor: number | null = null;
  #freeSlots: number[] = [];
  #slots = 1;

  constructor(private readonly folder: string) {
    this.#file = path.join(folder, `${randomUUID()}.journal`);
    try {
      const boot = bootId();
      if (boot === null) return;
      mkdirSync(folder, { recursive: true });
      this.#descriptor = openSync(this.#file, "w", 0o600);
      open.add(this.#file);
      const owner: Owner = { formatVersion: 1, host: os.hostname(), boot, pid: process.pid };
      writeSync(this.#descriptor, Buffer.from(JSON.stringify(owner).padEnd(SLOT_BYTES)), 0, SLOT_BYTES, 0);
    } catch {
      this.#giveUp();
    }
  }

  begin(planId: string, keyId: string, startMs: number): JournalEntry | null {
    const names = Buffer.from(JSON.stringify([planId, keyId]));
    if (this.#descriptor === null || names.length > SLOT_BYTES - NAMES_AT) return null;
    const slot = this.#freeSlots.pop() ?? this.#slots++;
    const bytes = Buffer.alloc(SLOT_BYTES);
    bytes.writeDoubleLE(startMs, 0);
    bytes.writeUInt16LE(names.length, 32);
    names.copy(bytes, NAMES_AT);
    const write = (from: number, to: number) =>
      this.#write(bytes, { from, to, at: slot * SLOT_BYTES + from });
    write(0, SLOT_BYTES);
    return {
      hold: (held) => {
        bytes.writeDoubleLE(held, 8);
        write(8, 16);
      },
      spend: (spent) => {
        bytes.writeDoubleLE(spent, SPENT_AT);
        write(SPENT_AT, SPENT_AT + 8);
      },
      report: (reported) => {
        bytes.writeDoubleLE(reported, 24);
        write(24, 32);
      },
      end: () => {
        bytes.fill(0);
        write(0, SLOT_BYTES);
        this.#freeSlots.push(slot);
      },
    };
  }

  /** Takes over what gateways of this folder left when they were killed. Each record is given out once. */
  takeLeft(): JournalRecord[] {
    const records: JournalRecord[] = [];
    for (const name of namesIn(this.folder)) {
      const file = path.join(this.folder, name);
      if (!name.endsWith(".journal") || open.has(file)) continue;
      try {
        const bytes = readFileSync(file);
        const owner = ownerOf(bytes);
        if (owner && isAlive(owner)) continue;
        // Whoever removes it has it: several gateways may start at once.
        unlinkSync(file);
        if (owner && owner.boot === bootId()) records.push(...recordsOf(bytes));
      } catch {
        // What cannot be read stays counted as used.
      }
    }
    return records;
  }

  close(): void {
    this.#giveUp();
  }

  /** Without a complete file nothing may be given back from it. */
  #giveUp(): void {
    if (this.#descriptor !== null) closeSync(this.#descriptor);
    this.#descriptor = null;
    open.delete(this.#file);
    try {
      rmSync(this.#file, { force: true });
    } catch {
      // There was never a file.
    }
  }

  #write(bytes: Buffer, { from, to, at }: { from: number; to: number; at: number }): void {
    if (this.#descriptor === null) return;
    try {
      writeSync(this.#descriptor, bytes, from, to - from, at);
    } catch {
      this.#giveUp();
    }
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function recordsOf(bytes: Buffer): JournalRecord[] {
  const records: JournalRecord[] = [];
  for (let at = SLOT_BYTES; at + SLOT_BYTES <= bytes.length; at += SLOT_BYTES) {
    const length = bytes.readUInt16LE(at + 32);
    if (length === 0) continue;
    const [planId, keyId] = JSON.parse(bytes.toString("utf8", at + NAMES_AT, at + NAMES_AT + length));
    const held = bytes.readDoubleLE(at + 8);
    const spent = Math.min(held, bytes.readDoubleLE(at + SPENT_AT));
    records.push({
      planId,
      keyId,
      startMs: bytes.readDoubleLE(at),
      held,
      spent,
      reported: Math.min(spent, bytes.readDoubleLE(at + 24)),
    });
  }
  return records;
}

function ownerOf(bytes: Buffer): Owner | null {
  try {
    const owner = JSON.parse(bytes.toString("utf8", 0, SLOT_BYTES));
    return owner.formatVersion === 1 && typeof owner.pid === "number" ? owner : null;
  } catch {
    return null;
  }
}

/** Of another machine: nobody here can know, so it is left alone. */
function isAlive({ host, boot, pid }: Owner): boolean {
  if (host !== os.hostname()) return true;
  if (boot !== bootId() || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Another one after each start of the machine; null where the system does not tell. */
function bootId(): string | null {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    return null;
  }
}
