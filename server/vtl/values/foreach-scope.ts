import { DeferredMap } from "@/server/toolkit/java/deferred-map";
import { javaClass, type MethodEntry } from "@/server/vtl/values/java-class";
import { TemplateObject } from "@/server/vtl/values/java-objects";
import { objectMethods } from "@/server/vtl/values/object-methods";

/** The directive a scope belongs to, as `$foreach.info` tells of it. */
export type ScopeOwner = { readonly line: number; readonly column: number; readonly templateName: string };

/** `$foreach` inside a loop: the round's numbers, the enclosing loop, and a map for the template's own values. */
export class ForeachScope extends DeferredMap {
  index = -1;
  hasNext = false;
  readonly parent: ForeachScope | null;
  /** What the variable held before the outermost loop. */
  readonly replaced: unknown;

  constructor(
    readonly owner: object,
    previous: unknown,
    readonly place: () => ScopeOwner,
  ) {
    super();
    this.parent = previous instanceof ForeachScope ? previous : null;
    this.replaced = previous instanceof ForeachScope ? null : previous;
  }

  /** Inner scopes show the values of the outer ones. */
  override get(key: unknown): unknown {
    if (this.table?.has(key)) return this.table.get(key);
    return this.parent?.get(key);
  }

  get topmost(): ForeachScope {
    return this.parent === null ? this : this.parent.topmost;
  }

  get outermostReplaced(): unknown {
    return this.replaced ?? this.parent?.outermostReplaced ?? null;
  }

  get depth(): number {
    return this.parent === null ? 1 : this.parent.depth + 1;
  }
}

const scopeReaders: Readonly<Record<string, (scope: ForeachScope) => unknown>> = {
  index: (scope) => scope.index,
  count: (scope) => scope.index + 1,
  hasNext: (scope) => scope.hasNext,
  first: (scope) => scope.index < 1,
  last: (scope) => !scope.hasNext,
};

/** What `$foreach.name` reads, for the names nearly all templates use: the same as by way of the methods. */
export function scopeReader(name: string): ((scope: ForeachScope) => unknown) | null {
  return Object.hasOwn(scopeReaders, name) ? (scopeReaders[name] ?? null) : null;
}

export const foreachScopeMethods: readonly MethodEntry[] = [
  ["getIndex(): int", (s: ForeachScope) => s.index],
  ["getCount(): int", (s: ForeachScope) => s.index + 1],
  ["hasNext(): boolean", (s: ForeachScope) => s.hasNext],
  ["getHasNext(): boolean", (s: ForeachScope) => s.hasNext],
  ["isFirst(): boolean", (s: ForeachScope) => s.index < 1],
  ["getFirst(): boolean", (s: ForeachScope) => s.index < 1],
  ["isLast(): boolean", (s: ForeachScope) => !s.hasNext],
  ["getLast(): boolean", (s: ForeachScope) => !s.hasNext],
  ["getTopmost(): Scope", (s: ForeachScope) => s.topmost],
  ["getParent(): Scope", (s: ForeachScope) => s.parent],
  ["getReplaced(): Object", (s: ForeachScope) => s.outermostReplaced],
  ["getInfo(): Info", (s: ForeachScope) => new ScopeInfo(s)],
];

const scopeInfoMethods: readonly MethodEntry[] = [
  ["getName(): String", () => "foreach"],
  ["getType(): String", () => "block"],
  ["getDepth(): int", (i: ScopeInfo) => i.scope.depth],
  ["getTemplate(): String", (i: ScopeInfo) => i.scope.place().templateName],
  ["getLine(): int", (i: ScopeInfo) => i.scope.place().line],
  ["getColumn(): int", (i: ScopeInfo) => i.scope.place().column],
];

const scopeInfoClass = javaClass(
  "org.apache.velocity.runtime.directive.Scope$Info",
  "Info",
  scopeInfoMethods,
  objectMethods,
);

/** `$foreach.info`. */
export class ScopeInfo extends TemplateObject {
  readonly javaClass = scopeInfoClass;
  constructor(readonly scope: ForeachScope) {
    super();
  }

  toText(): string {
    const { line, column, templateName } = this.scope.place();
    const depth = this.scope.depth > 1 ? ` depth:${this.scope.depth}` : "";
    const template = templateName.includes(" ") ? `"${templateName}"` : templateName;
    return `#foreach[type:block${depth} template:${template} line:${line} column:${column}]`;
  }
}
