import { SlotTable } from "@/server/vtl/compiler/compile-context";
import { Frame, type Render } from "@/server/vtl/compiler/frame";
import type { TraceRecorder } from "@/server/vtl/trace/trace-recorder";
import type { Budget } from "@/server/vtl/values/budget";

/** Numbers variables and knows their names by number. */
export class NamedSlots extends SlotTable {
  private readonly names: string[] = [];

  override slot(name: string): number {
    const slot = super.slot(name);
    this.names[slot] = name;
    return slot;
  }

  nameOf(slot: number): string {
    return this.names[slot] ?? "";
  }
}

/** A frame that tells a recorder of what is written and assigned. */
export class TracedFrame extends Frame {
  constructor(
    values: unknown[],
    private readonly tracing: { readonly recorder: TraceRecorder; readonly slots: NamedSlots },
    limits: { readonly budget: Budget; readonly loopRounds: number },
  ) {
    super(values, limits.budget, limits.loopRounds);
  }

  override write(text: string): void {
    // First, so that what went beyond the limit is accounted for as well: it stands in the output.
    this.tracing.recorder.wrote(text);
    super.write(text);
  }

  override assign(slot: number, value: unknown): void {
    const before = this.slots[slot];
    super.assign(slot, value);
    const after = this.slots[slot];
    if (after !== value) return;
    this.tracing.recorder.noteChange(this.tracing.slots.nameOf(slot), before, after);
  }

  override hold(slot: number): void {
    this.tracing.recorder.noteChange(this.tracing.slots.nameOf(slot), this.slots[slot], null);
    super.hold(slot);
  }

  override capture(render: Render): string {
    this.tracing.recorder.captures++;
    try {
      return super.capture(render);
    } finally {
      this.tracing.recorder.captures--;
    }
  }
}
