import type { Evaluate, Frame, Render, Test } from "@/server/vtl/compiler/frame";
import type { SourcePositions } from "@/server/vtl/lexer/source-positions";
import type { Token } from "@/server/vtl/lexer/token";
import type {
  BlockNode,
  DirectiveArgument,
  ExpressionNode,
  ReferenceNode,
  TemplateNode,
} from "@/server/vtl/parser/syntax-tree";
import { JavaException } from "@/server/vtl/values/java-exception";
import { StopSignal } from "@/server/vtl/values/java-objects";
import { limitError } from "@/server/vtl/values/limit-error";
import { VtlError, type VtlErrorDetail } from "@/server/vtl/vtl-error";

/** Output of a block: fixed text and code, in order. Neighbouring texts are joined. */
export type Part = string | CompiledReference | Render;

export type CompiledExpression = {
  readonly value: Evaluate;
  /** The expression as a condition: not always whether its value is true. */
  readonly test: Test;
};

export type CompiledReference = CompiledExpression & {
  readonly kind: "reference";
  /** What the reference prints. */
  readonly text: (frame: Frame) => string;
  readonly render: Render;
  /** Name of its variable. */
  readonly root: string;
};

/** The parts of the compiler, which need one another. */
export type Compilers = {
  expression(node: ExpressionNode, context: CompileContext): CompiledExpression;
  argument(node: DirectiveArgument, context: CompileContext): CompiledExpression;
  reference(node: ReferenceNode, context: CompileContext): CompiledReference;
  block(node: BlockNode | TemplateNode, context: CompileContext): Part[];
  parse(positions: SourcePositions, context: CompileContext): TemplateNode;
};

/** Numbers the variables of a template, those of the strings in it included. */
export class SlotTable {
  private readonly slots = new Map<string, number>();

  slot(name: string): number {
    let slot = this.slots.get(name);
    if (slot === undefined) {
      slot = this.slots.size;
      this.slots.set(name, slot);
    }
    return slot;
  }

  /** The slot of a variable the template mentions, or undefined. */
  known(name: string): number | undefined {
    return this.slots.get(name);
  }

  get size(): number {
    return this.slots.size;
  }
}

export type Place = { readonly positions: SourcePositions; readonly token: Token };

/** What all parts of one template share. */
type TemplateParts = {
  readonly compile: Compilers;
  readonly slots: SlotTable;
  readonly templateName: string;
  readonly macroNames: Set<string>;
};

/** What compiling one template, or one string in it, needs to know. */
export class CompileContext {
  readonly compile: Compilers;
  readonly slots: SlotTable;
  readonly templateName: string;
  readonly macroNames: Set<string>;

  constructor(
    private readonly template: TemplateParts,
    readonly positions: SourcePositions,
  ) {
    this.compile = template.compile;
    this.slots = template.slots;
    this.templateName = template.templateName;
    this.macroNames = template.macroNames;
  }

  within(positions: SourcePositions): CompileContext {
    return new CompileContext(this.template, positions);
  }

  expression(node: ExpressionNode): CompiledExpression {
    return this.compile.expression(node, this);
  }

  block(node: BlockNode | TemplateNode): Part[] {
    return this.compile.block(node, this);
  }

  place(token: Token): Place {
    return { positions: this.positions, token };
  }

  /** A mistake found before anything is rendered. */
  mistake(code: string, message: string, token: Token | null): VtlError {
    const { templateName } = this;
    if (token === null) return new VtlError({ kind: "parse", code, message, templateName });
    return errorAt({ kind: "parse", code, message, templateName }, this.place(token));
  }

  /** As `failure`, for what Velocity reports without a place. */
  looseFailure(error: unknown, what: string): unknown {
    if (error instanceof VtlError || error instanceof StopSignal) return error;
    const reason = error instanceof JavaException ? error.toString() : String(error);
    const { templateName } = this;
    return new VtlError({
      kind: "render",
      code: "evaluation-failed",
      message: `${what} failed: ${reason}`,
      templateName,
    });
  }

  /** Turns whatever a call threw into the error of that place. */
  failure(error: unknown, what: string, token: Token): unknown {
    const { templateName } = this;
    if (error instanceof VtlError || error instanceof StopSignal || error instanceof RangeError) {
      return this.limitAt(error, token);
    }
    const reason =
      error instanceof JavaException
        ? error.toString()
        : error instanceof Error
          ? error.message
          : String(error);
    const detail = {
      kind: "render" as const,
      code: "method-failed",
      message: `${what} failed: ${reason}`,
      templateName,
      cause: error,
    };
    return errorAt(detail, this.place(token));
  }

  /** Gives the error of a budget the place it was exceeded at, if it has none; other errors stay as they are. */
  limitAt(error: unknown, token: Token): unknown {
    const limit = error instanceof RangeError ? limitError("stack") : error;
    if (!(limit instanceof VtlError) || limit.kind !== "limit" || limit.line !== null) return error;
    const { code, message } = limit;
    return errorAt({ kind: "limit", code, message, templateName: this.templateName }, this.place(token));
  }
}

function errorAt(
  detail: Omit<VtlErrorDetail, "line" | "column" | "span">,
  { positions, token }: Place,
): VtlError {
  const start = positions.outermost(token.start);
  const end = positions.isNested ? start + 1 : token.end;
  return new VtlError({ ...detail, ...positions.at(token.start), span: { start, end } });
}
