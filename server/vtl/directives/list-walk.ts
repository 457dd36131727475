import { concurrentModification, JavaException } from "@/server/vtl/values/java-exception";
import { changeCount } from "@/server/vtl/values/java-objects";

/** What a loop asks for its elements. */
export type Walk = { hasNext(): boolean; next(): unknown };

/**
 * The walk of a #foreach over a list, or over a view of a map as it is when the loop begins: as Java's iterators, without
 * what only a template could call on those.
 */
export class ListWalk implements Walk {
  private cursor = 0;
  private readonly expected: number;

  constructor(
    private readonly list: readonly unknown[],
    /** The collection whose changes end the walk with an error. */
    private readonly owner: object,
  ) {
    this.expected = changeCount(owner);
  }

  /** As Java does, asks whether the end is reached exactly: after removals the walk can be beyond it. */
  hasNext(): boolean {
    return this.cursor !== this.list.length;
  }

  next(): unknown {
    const { list, cursor } = this;
    if (changeCount(this.owner) !== this.expected) throw concurrentModification();
    if (cursor >= list.length) throw new JavaException("java.util.NoSuchElementException", null);
    this.cursor = cursor + 1;
    return list[cursor];
  }
}
