import os from "node:os";
import { z } from "zod";
import type { LeftRun, LeftSlot } from "@/server/db/dataplane/quota-takeover";

/** A head and any number of slots, each so many bytes: none lies across two pages. */
export const SLOT_BYTES = 512;
const FORMAT_VERSION = 2;
/** In the head, a double behind the owner's JSON. */
export const DONE_AT = SLOT_BYTES - 8;
/** Doubles of a slot; `before` is followed by `after` and the step of counts. Then the names' length and the names. */
export const SLOT = { start: 0, held: 8, heldStep: 16, spent: 24, before: 32, after: 48, countStep: 64 };
const LENGTH_AT = 72;
const NAMES_AT = 74;

const ownerSchema = z.object({
  formatVersion: z.number(),
  host: z.string(),
  boot: z.string(),
  pid: z.number(),
});
const runSchema = z.object({ formatVersion: z.literal(FORMAT_VERSION), runId: z.string() });
export type JournalOwner = z.infer<typeof ownerSchema>;

export function headOf({ boot, runId }: { boot: string; runId: string }): Buffer {
  const owner: JournalOwner = { formatVersion: FORMAT_VERSION, host: os.hostname(), boot, pid: process.pid };
  const bytes = Buffer.alloc(SLOT_BYTES);
  bytes.write(JSON.stringify({ ...owner, runId }).padEnd(DONE_AT));
  return bytes;
}

/** Null if the names are too long. */
export function emptySlot({ planId, keyId, startMs }: Pick<LeftSlot, "planId" | "keyId" | "startMs">) {
  const names = Buffer.from(JSON.stringify([planId, keyId]));
  if (names.length > SLOT_BYTES - NAMES_AT) return null;
  const bytes = Buffer.alloc(SLOT_BYTES);
  bytes.writeDoubleLE(startMs, SLOT.start);
  bytes.writeUInt16LE(names.length, LENGTH_AT);
  names.copy(bytes, NAMES_AT);
  return bytes;
}

/** Whose file it is, of any version; null if it is none. */
export function ownerIn(bytes: Buffer): JournalOwner | null {
  return ownerSchema.safeParse(headJson(bytes)).data ?? null;
}

/** Null for another version's. */
export function runIn(bytes: Buffer): LeftRun | null {
  const run = runSchema.safeParse(headJson(bytes)).data;
  return run ? { runId: run.runId, done: bytes.readDoubleLE(DONE_AT), slots: slotsIn(bytes) } : null;
}

function headJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8", 0, DONE_AT));
  } catch {
    return null;
  }
}

function slotsIn(bytes: Buffer): LeftSlot[] {
  const slots: LeftSlot[] = [];
  for (let at = SLOT_BYTES; at + SLOT_BYTES <= bytes.length; at += SLOT_BYTES) {
    const length = bytes.readUInt16LE(at + LENGTH_AT);
    if (length === 0) continue;
    const [planId, keyId] = JSON.parse(bytes.toString("utf8", at + NAMES_AT, at + NAMES_AT + length));
    const number = (field: number) => bytes.readDoubleLE(at + field);
    const totals = (field: number) => ({ counted: number(field), givenBack: number(field + 8) });
    slots.push({
      planId,
      keyId,
      startMs: number(SLOT.start),
      held: number(SLOT.held),
      heldStep: number(SLOT.heldStep),
      spent: number(SLOT.spent),
      before: totals(SLOT.before),
      after: totals(SLOT.after),
      countStep: number(SLOT.countStep),
    });
  }
  return slots;
}
