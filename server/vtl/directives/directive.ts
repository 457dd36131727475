import type { CompileContext, Part } from "@/server/vtl/compiler/compile-context";
import type { DirectiveNode } from "@/server/vtl/parser/syntax-tree";

/** A directive other than #if and #set, in one file: its form, its words for the editor, and its code. */
export type Directive = {
  readonly name: string;
  readonly form: "block" | "line";
  readonly signature: string;
  readonly documentation: string;
  readonly insertText: string;
  compile(node: DirectiveNode, context: CompileContext): Part;
};
