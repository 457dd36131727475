import { jsonPlaces } from "@/server/vtl/diagnostics/json-places";
import { expressionsOf, walkStatements } from "@/server/vtl/diagnostics/template-walk";
import type { Finding } from "@/server/vtl/diagnostics/traps/trap";
import { traps } from "@/server/vtl/diagnostics/traps/trap-list";
import { ValueKinds } from "@/server/vtl/diagnostics/value-kinds";
import type { TemplateNode } from "@/server/vtl/parser/syntax-tree";

export type Warning = {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly start: number;
  readonly end: number;
};

/** Known traps in a template that is correct as such, in the order of the source. */
export function findWarnings({ statements }: TemplateNode, { isJson }: { isJson: boolean }): Warning[] {
  const warnings: Warning[] = [];
  const view = {
    kinds: new ValueKinds(statements),
    places: isJson ? jsonPlaces(statements) : new Map(),
  };
  const add = (code: string, findings: readonly Finding[]) => {
    for (const { at, message, remedy } of findings)
      warnings.push({ code, message, remedy, start: at.first.start, end: at.last.end });
  };
  walkStatements(statements, (statement) => {
    const expressions = expressionsOf(statement);
    for (const trap of traps) {
      if (trap.statement) add(trap.code, trap.statement(statement, view));
      if (trap.expression) for (const node of expressions) add(trap.code, trap.expression(node, view));
    }
  });
  return warnings.sort((a, b) => a.start - b.start);
}
