import type { CompileContext, Part } from "@/server/vtl/compiler/compile-context";
import { compileStatement } from "@/server/vtl/compiler/compile-statements";
import type { Render } from "@/server/vtl/compiler/frame";
import { joinTexts, renderParts } from "@/server/vtl/compiler/render-parts";
import type { BlockNode, IfNode, StatementNode, TemplateNode } from "@/server/vtl/parser/syntax-tree";
import {
  branchPlace,
  directivePlace,
  headerPlace,
  linePlaces,
  placeOf,
} from "@/server/vtl/trace/step-places";
import type { OpenStep } from "@/server/vtl/trace/trace-recorder";
import type { TracedCompilation } from "@/server/vtl/trace/traced-compilers";
import { tracedForeach } from "@/server/vtl/trace/traced-foreach";
import { tracedSet } from "@/server/vtl/trace/traced-set";

/** A block whose statements record what they do. Inside a string text and references stay as they are. */
export function tracedBlock(
  node: BlockNode | TemplateNode,
  context: CompileContext,
  tracing: TracedCompilation,
): Part[] {
  const parts: Part[] = [];
  let texts: TextRun = [];
  const endText = () => {
    if (texts.length > 0) parts.push(tracedText(texts, context, tracing));
    texts = [];
  };
  for (const statement of node.statements) {
    const part = tracedStatement(statement, context, tracing);
    if (typeof part === "string" && part !== "") {
      texts.push({ text: part, statement });
      continue;
    }
    endText();
    if (typeof part !== "string") parts.push(part);
  }
  endText();
  const around = tracing.aroundBlocks.get(node);
  return around === undefined ? joinTexts(parts) : [around(renderParts(parts))];
}

/** Neighbouring statements that are only text. */
type TextRun = { readonly text: string; readonly statement: StatementNode }[];

function tracedText(run: TextRun, context: CompileContext, { recorder }: TracedCompilation): Part {
  const value = run.map(({ text }) => text).join("");
  const [first, last] = [run[0]?.statement, run.at(-1)?.statement];
  if (context.positions.isNested || first === undefined || last === undefined) return value;
  const place = placeOf({ first: first.first, last: last.last }, context);
  const lines = linePlaces(place, value, context);
  return (frame) => {
    const open = recorder.begin("text", place);
    recorder.during(open, () => {
      for (const [line, linePlace] of lines) {
        open.place = linePlace;
        frame.write(line);
      }
    });
  };
}

function tracedStatement(node: StatementNode, context: CompileContext, tracing: TracedCompilation): Part {
  switch (node.type) {
    case "set":
      return tracedSet(node, context, tracing);
    case "if":
      return tracedIf(node, context, tracing);
    case "directive":
      if (node.name === "foreach" && node.block !== null)
        return tracedForeach({ ...node, block: node.block }, context, tracing);
      return tracedDirective(node, context, tracing);
    default:
      return compileStatement(node, context);
  }
}

/** #define, #break and #stop; whatever else looks like a directive is text. */
function tracedDirective(
  node: Extract<StatementNode, { type: "directive" }>,
  context: CompileContext,
  tracing: TracedCompilation,
): Part {
  const part = compileStatement(node, context);
  const { name } = node;
  if (typeof part !== "function" || (name !== "define" && name !== "break" && name !== "stop")) return part;
  const { recorder } = tracing;
  const place =
    node.block === null ? directivePlace(node, context) : headerPlace(node.first, node.block, context);
  return (frame) => {
    const open = recorder.begin(name, place);
    recorder.during(open, () => part(frame));
    if (open.kept !== null) open.kept.changes = recorder.takeChanges();
  };
}

function tracedIf(node: IfNode, context: CompileContext, tracing: TracedCompilation): Render {
  const { recorder } = tracing;
  node.branches.forEach(({ condition, block }, index) => {
    const place = branchPlace(node, { before: node.branches[index - 1]?.block, block }, context);
    let open: OpenStep;
    tracing.aroundTests.set(condition, (test) => {
      const step = recorder.begin(index === 0 ? "if" : "elseif", place);
      const holds = recorder.during(step, test);
      if (step.kept !== null) {
        step.kept.value = String(holds);
        step.kept.origin = tracing.originOf(condition);
      }
      open = step;
      return holds;
    });
    // The block runs right after its condition, so the step is that of this very condition.
    tracing.aroundBlocks.set(block, (render) => (frame) => recorder.during(open, () => render(frame)));
  });
  if (node.otherwise !== null) {
    const place = branchPlace(node, { before: node.branches.at(-1)?.block, block: node.otherwise }, context);
    tracing.aroundBlocks.set(node.otherwise, (render) => (frame) => {
      recorder.during(recorder.begin("else", place), () => render(frame));
    });
  }
  return compileStatement(node, context) as Render;
}
