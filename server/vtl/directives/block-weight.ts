import type { DirectiveNode } from "@/server/vtl/parser/syntax-tree";

/** Characters of a block's source that cost one step each time it runs. */
const CHARACTERS_PER_STEP = 32;

/** Steps one pass through a directive's block costs, for what in it is not counted where it happens. */
export function blockWeight({ block }: DirectiveNode): number {
  if (block === null) return 1;
  return 1 + Math.floor((block.last.end - block.first.start) / CHARACTERS_PER_STEP);
}
