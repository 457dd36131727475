import type { ContextSource } from "@/server/vtl/bindings/context/context-source";
import { javaFromPlain } from "@/server/vtl/bindings/java-from-plain";
import { hideText } from "@/server/vtl/values/java-text";

/** The parts of `$context` that a template may write, with the groups that stand in them from the start. */
export const overrideGroups: Readonly<Record<string, readonly string[]>> = {
  requestOverride: ["header", "path", "querystring"],
  responseOverride: ["header"],
};

/** `$context`: members are asked of the source when a template first uses them; all of them only to list them. */
export class ContextMap extends Map<unknown, unknown> {
  /** Names asked for that have no value, or have none any more. */
  private absent: Set<unknown> | null = null;
  private complete = false;

  constructor(private readonly source: ContextSource) {
    super();
    hideText(this);
  }

  override get(name: unknown): unknown {
    const known = super.get(name);
    if (known !== undefined) return known;
    this.ask(name);
    return super.get(name);
  }

  override has(name: unknown): boolean {
    this.ask(name);
    return super.has(name);
  }

  override set(name: unknown, value: unknown): this {
    this.ask(name);
    return super.set(name, value);
  }

  override delete(name: unknown): boolean {
    this.ask(name);
    const had = super.delete(name);
    if (had) this.noteAbsent(name);
    return had;
  }

  override clear(): void {
    this.askAll();
    super.clear();
  }

  override get size(): number {
    this.askAll();
    return super.size;
  }

  override keys(): MapIterator<unknown> {
    this.askAll();
    return super.keys();
  }

  override values(): MapIterator<unknown> {
    this.askAll();
    return super.values();
  }

  override entries(): MapIterator<[unknown, unknown]> {
    this.askAll();
    return super.entries();
  }

  override [Symbol.iterator](): MapIterator<[unknown, unknown]> {
    return this.entries();
  }

  /** The override objects, if the template has touched them. */
  touched(name: string): unknown {
    return super.get(name);
  }

  private ask(name: unknown): void {
    if (this.complete || super.has(name) || typeof name !== "string" || this.absent?.has(name)) return;
    const value = this.convert(name);
    if (value === undefined) this.noteAbsent(name);
    else super.set(name, value);
  }

  private noteAbsent(name: unknown): void {
    this.absent ??= new Set();
    this.absent.add(name);
  }

  private convert(name: string): unknown {
    const given = this.source.get(name);
    const groups = Object.hasOwn(overrideGroups, name) ? overrideGroups[name] : undefined;
    if (groups === undefined) return given === undefined ? undefined : javaFromPlain(given);
    const map = javaFromPlain(given ?? {});
    if (!(map instanceof Map)) return map;
    for (const group of groups) if (!map.has(group)) map.set(group, javaFromPlain({}));
    return map;
  }

  /** Puts the members in the source's order, those the template added behind them. */
  private askAll(): void {
    if (this.complete) return;
    const names = [...this.source.keys()];
    for (const name of Object.keys(overrideGroups)) if (!names.includes(name)) names.push(name);
    const changed = new Map(super.entries());
    super.clear();
    for (const name of names) {
      if (changed.has(name)) super.set(name, changed.get(name));
      else if (!this.absent?.has(name)) {
        const value = this.convert(name);
        if (value !== undefined) super.set(name, value);
      }
    }
    for (const [name, value] of changed) if (!names.includes(name as string)) super.set(name, value);
    this.complete = true;
  }
}
