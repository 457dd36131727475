import { walkStatements } from "@/server/vtl/diagnostics/template-walk";
import type { BlockNode, ReferenceNode, StatementNode } from "@/server/vtl/parser/syntax-tree";

/** Where in the JSON text around it a reference is printed. */
export type JsonPlace = {
  readonly isInString: boolean;
  /** Stands where a whole value stands: after a colon, comma or bracket, and before a comma or bracket. */
  readonly isWholeValue: boolean;
  /** The string it stands in holds nothing else. */
  readonly isWholeString: boolean;
};

/** What has been printed so far; null when it depends on what happens in a render. */
type State = { inString: boolean; before: string } | null;

/** Whether what a template prints begins like a JSON object or array. */
export function printsJson(statements: readonly StatementNode[]): boolean {
  let first: string | null = null;
  walkStatements(statements, (statement) => {
    if (first !== null) return;
    if (statement.type === "reference") first = "$";
    else first = printedText(statement).trim()[0] ?? null;
  });
  return first === "{" || first === "[";
}

/** The place of each printed reference, for a template that prints JSON. Those it cannot tell are left out. */
export function jsonPlaces(statements: readonly StatementNode[]): Map<ReferenceNode, JsonPlace> {
  const places = new Map<ReferenceNode, JsonPlace>();
  run(statements, { inString: false, before: "" }, places);
  return places;
}

function run(
  statements: readonly StatementNode[],
  from: State,
  places: Map<ReferenceNode, JsonPlace>,
): State {
  let state = from;
  for (const [index, statement] of statements.entries()) {
    if (statement.type === "reference") {
      if (state) places.set(statement, placeOf(state, printedText(statements[index + 1])));
      state = state && { ...state, before: "$" };
    } else if (statement.type === "if") {
      const blocks: (BlockNode | null)[] = [
        ...statement.branches.map(({ block }) => block),
        statement.otherwise,
      ];
      const start = state;
      state = merged(blocks.map((block) => (block ? run(block.statements, start, places) : start)));
    } else if (statement.type === "directive") {
      const { block, name } = statement;
      const inside = block ? run(block.statements, name === "foreach" ? state : null, places) : state;
      if (name === "foreach") state = merged([state, inside]);
    } else {
      state = state && afterText(state, printedText(statement));
    }
  }
  return state;
}

function placeOf({ inString, before }: { inString: boolean; before: string }, after: string): JsonPlace {
  return {
    isInString: inString,
    isWholeValue: !inString && /[:,[{]$/.test(before) && /^\s*[,}\]]/.test(after),
    isWholeString: inString && before === '"' && after.startsWith('"'),
  };
}

function printedText(statement: StatementNode | undefined): string {
  if (statement?.type === "text" || statement?.type === "escaped-directive") return statement.first.image;
  if (statement?.type === "literal-block") return statement.first.image.slice(3, -3);
  return statement?.type === "backslashes" ? statement.text : "";
}

function afterText(state: { inString: boolean; before: string }, text: string): State {
  let { inString, before } = state;
  for (let at = 0; at < text.length; at++) {
    const ch = text[at] as string;
    if (inString && ch === "\\") {
      at++;
      before = "\\";
    } else if (ch === '"') {
      inString = !inString;
      before = ch;
    } else if (inString || !/\s/.test(ch)) before = ch;
  }
  return { inString, before };
}

/** Where branches end alike, so does the whole. What stood last may differ. */
function merged(states: readonly State[]): State {
  const [first] = states;
  if (!first || states.some((state) => state?.inString !== first.inString)) return null;
  return states.every((state) => state?.before === first.before) ? first : { ...first, before: "?" };
}
