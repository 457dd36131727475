import type { Budget } from "@/server/vtl/values/budget";
import { javaClassOf } from "@/server/vtl/values/class-of";
import type { CallEnvironment, JavaClass } from "@/server/vtl/values/java-class";
import { toText } from "@/server/vtl/values/java-text";

/** Memory for what a piece of a template of weight 1 can write, in pieces. */
const CAPTURED_UNITS = 128;

/** The state of one render: variables by slot, and what has been written. */
export class Frame implements CallEnvironment {
  /** Text written so far; building a string puts it aside for a while. */
  out = "";
  private held: number[] | null = null;
  private readonly textLength: number;
  private captures = 0;

  constructor(
    readonly slots: unknown[],
    readonly budget: Budget,
    readonly loopRounds: number,
  ) {
    this.textLength = budget.textLength;
  }

  write(text: string): void {
    this.out += text;
    if (this.out.length > this.textLength) this.budget.checkText(this.out.length);
  }

  /**
   * Memory that a pass through a block of that weight may take. What is written into a string may be kept; the pieces
   * of the output are bounded by its length.
   */
  memoryOfPass(weight: number): number {
    return this.captures > 0 ? weight * CAPTURED_UNITS : 0;
  }

  classOf(value: unknown): JavaClass {
    return javaClassOf(value);
  }

  toText(value: unknown): string {
    return toText(value, this.budget);
  }

  assign(slot: number, value: unknown): void {
    if (this.held?.includes(slot)) return;
    this.slots[slot] = value;
  }

  /** While a loop's element is null its variable stays null, whatever is assigned to it. */
  hold(slot: number): void {
    this.slots[slot] = null;
    this.held = [...(this.held ?? []), slot];
  }

  /** Ends a hold; a loop inside over the same variable ends it early. Whether there was one. */
  release(slot: number): boolean {
    if (!this.held?.includes(slot)) return false;
    const kept = this.held.filter((other) => other !== slot);
    this.held = kept.length === 0 ? null : kept;
    return true;
  }

  /** Runs `render` and gives what it wrote, instead of writing it. */
  capture(render: (frame: Frame) => void): string {
    const before = this.out;
    this.out = "";
    this.captures++;
    try {
      render(this);
      this.budget.join(this.out.length);
      return this.out;
    } finally {
      this.out = before;
      this.captures--;
    }
  }
}

export type Render = (frame: Frame) => void;
export type Evaluate = (frame: Frame) => unknown;
export type Test = (frame: Frame) => boolean;
