import type { RenderLimits } from "@/server/vtl/render-types";
import { limitError } from "@/server/vtl/values/limit-error";

/** Steps between two looks at the clock. */
const STEPS_BETWEEN_LOOKS = 256;
/** Characters that cost as much as one step, and members of a collection that do. */
const STEP_SHIFT = 4;
/** Two strings joined are two pointers until somebody reads the text. */
const JOIN_UNITS = 16;
const MEMBER_UNITS = 8;

/**
 * What one render may still spend; exceeding it ends the render with a VtlError of kind "limit". Whatever can grow or
 * take long asks here first. A check is a subtraction and a comparison: the clock is read once in a while only.
 */
export class Budget {
  readonly textLength: number;
  private steps: number;
  private memory: number;
  private nextLook: number;
  /** Set at the first look at the clock: a render that ends before it never asks for the time. */
  private deadline: number | null = null;
  private nesting = 0;

  constructor(private readonly limits: RenderLimits) {
    this.textLength = limits.outputLength;
    this.steps = limits.steps;
    this.memory = limits.memory;
    this.nextLook = limits.nowMs === undefined ? 0 : limits.steps - STEPS_BETWEEN_LOOKS;
  }

  spend(steps: number): void {
    this.steps -= steps;
    if (this.steps < this.nextLook) this.look();
  }

  private look(): void {
    if (this.steps < 0) throw limitError("steps", this.limits.steps);
    this.checkTime();
    this.nextLook = Math.max(0, this.steps - STEPS_BETWEEN_LOOKS);
  }

  /** Reads the clock now: for loops whose rounds take long. */
  checkTime(): void {
    const { nowMs, maxMs } = this.limits;
    if (nowMs === undefined) return;
    this.deadline ??= nowMs() + maxMs;
    if (nowMs() > this.deadline) throw limitError("time", maxMs);
  }

  /** Memory for a new value, in UTF-16 units. Nothing is given back: what a value took may be in use elsewhere. */
  hold(units: number): void {
    this.memory -= units;
    if (this.memory < 0) throw limitError("memory", this.limits.memory);
  }

  /** A text of that length is read or written as a whole. */
  text(length: number): void {
    this.spend(1 + (length >> STEP_SHIFT));
    this.hold(length);
  }

  /** Texts are joined to one of that length. */
  join(length: number, pieces = 2): void {
    this.checkText(length);
    this.hold(pieces * JOIN_UNITS);
  }

  /** A collection of so many members is made, or gone through without a step for each. */
  copy(members: number): void {
    this.checkCollection(members);
    this.spend(1 + (members >> STEP_SHIFT));
    this.hold((members + 2) * MEMBER_UNITS);
  }

  checkText(length: number): void {
    if (length > this.textLength) throw limitError("output", this.textLength);
  }

  checkCollection(size: number): void {
    if (size > this.limits.collectionSize) throw limitError("collection", this.limits.collectionSize);
  }

  checkDepth(depth: number): void {
    if (depth > this.limits.depth) throw limitError("depth", this.limits.depth);
  }

  /** A block of the template begins inside another. Not called when a render ends with an error. */
  enter(): void {
    this.checkDepth(++this.nesting);
  }

  leave(): void {
    this.nesting--;
  }
}
