import type { JsonPlace } from "@/server/vtl/diagnostics/json-places";
import type { ValueKinds } from "@/server/vtl/diagnostics/value-kinds";
import type { ExpressionNode, Extent, ReferenceNode, StatementNode } from "@/server/vtl/parser/syntax-tree";

/** What a trap can look at. */
export type TrapView = {
  readonly kinds: ValueKinds;
  /** Of printed references, if the template prints JSON. */
  readonly places: ReadonlyMap<ReferenceNode, JsonPlace>;
};

export type Finding = { readonly at: Extent; readonly message: string; readonly remedy: string };

/** A mistake that compiles: found in what is written, precise rather than complete. */
export type Trap = {
  /** Short name, for documentation and tests. */
  readonly code: string;
  /** What happens, and why it surprises. */
  readonly documentation: string;
  /** A template with the mistake, what is marked in it, and the same without it. Run as tests. */
  readonly example: { readonly wrong: string; readonly marked: string; readonly right: string };
  /** Looks at one statement. */
  readonly statement?: (statement: StatementNode, view: TrapView) => Finding[];
  /** Looks at one expression of a statement, at any depth. */
  readonly expression?: (node: ExpressionNode, view: TrapView) => Finding[];
};
