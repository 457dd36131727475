import { concurrentModification, JavaException } from "@/server/vtl/values/java-exception";
import { changeCount } from "@/server/vtl/values/java-objects";

/** What a loop asks for its elements. */
export type Walk = { hasNext(): boolean; next(): unknown };

/** The walk of a #foreach over a list: as ArrayList's iterator, without what only a template could call on that. */
export class ListWalk implements Walk {
  private cursor = 0;
  private readonly expected: number;

  constructor(private readonly list: readonly unknown[]) {
    this.expected = changeCount(list);
  }

  /** As Java does, asks whether the end is reached exactly: after removals the walk can be beyond it. */
  hasNext(): boolean {
    return this.cursor !== this.list.length;
  }

  next(): unknown {
    const { list, cursor } = this;
    if (changeCount(list) !== this.expected) throw concurrentModification();
    if (cursor >= list.length) throw new JavaException("java.util.NoSuchElementException", null);
    this.cursor = cursor + 1;
    return list[cursor];
  }
}
