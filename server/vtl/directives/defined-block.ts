import type { Frame, Render } from "@/server/vtl/compiler/frame";
import { javaClass } from "@/server/vtl/values/java-class";
import { StopSignal, TemplateObject } from "@/server/vtl/values/java-objects";
import { objectMethods } from "@/server/vtl/values/object-methods";

const MAX_DEPTH = 2;

const definedBlockClass = javaClass(
  "org.apache.velocity.runtime.directive.Block$Reference",
  "Block",
  objectMethods,
);

/** What #define stores: a block that is rendered anew each time it is printed. */
export class DefinedBlock extends TemplateObject {
  readonly javaClass = definedBlockClass;
  private depth = 0;

  constructor(
    private readonly block: { readonly body: Render; readonly weight: number },
    private readonly directive: object,
    private readonly frame: Frame,
  ) {
    super();
  }

  /** Writes the block; false when it is inside itself too often already. */
  render(frame: Frame): boolean {
    if (this.depth >= MAX_DEPTH) return false;
    const { weight } = this.block;
    frame.budget.spend(weight);
    frame.budget.hold(frame.memoryOfPass(weight));
    frame.budget.enter();
    this.depth++;
    try {
      this.block.body(frame);
    } catch (error) {
      // A signal that goes further leaves the depth as it is, as Velocity's does.
      if (!(error instanceof StopSignal) || !error.leaves(this.directive)) throw error;
    } finally {
      frame.budget.leave();
    }
    this.depth--;
    return true;
  }

  toText(): string | null {
    let rendered = false;
    const text = this.frame.capture((frame) => {
      rendered = this.render(frame);
    });
    return rendered ? text : null;
  }
}
