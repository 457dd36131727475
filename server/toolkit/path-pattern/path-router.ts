const ANY_METHODS = new Set(["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"]);

class PathNode<T> {
  readonly statics = new Map<string, PathNode<T>>();
  readonly values = new Map<string, { value: T; names: readonly string[] }>();
  variable: PathNode<T> | null = null;
  greedy: PathNode<T> | null = null;

  valueFor(method: string): { value: T; names: readonly string[] } | undefined {
    return this.values.get(method) ?? (ANY_METHODS.has(method) ? this.values.get("ANY") : undefined);
  }
}

export type PathMatch<T> = { value: T; parameters: Readonly<Record<string, string>> };

const NO_PARAMETERS: Readonly<Record<string, string>> = Object.freeze(Object.create(null));

/**
 * Finds the method of a resource for a request, as Amazon API Gateway does: at each level a fixed part beats
 * `{name}`, which beats `{name+}`; where the better resource lacks the method, the search goes on with the next
 * best (recorded: routing tests). Leading and trailing slashes do not count; parameter values stay undecoded.
 */
export class PathRouter<T> {
  readonly #root = new PathNode<T>();

  /** `parts` are a resource's path parts from the root, e.g. `["pets", "{petId}"]`. */
  add(parts: readonly string[], method: string, value: T): void {
    let node = this.#root;
    const names: string[] = [];
    for (const part of parts) {
      const variable = /^\{(.+?)(\+?)\}$/.exec(part);
      if (!variable) {
        let next = node.statics.get(part);
        if (!next) {
          next = new PathNode<T>();
          node.statics.set(part, next);
        }
        node = next;
        continue;
      }
      names.push(variable[1] as string);
      if (variable[2] === "+") {
        node.greedy ??= new PathNode<T>();
        node = node.greedy;
      } else {
        node.variable ??= new PathNode<T>();
        node = node.variable;
      }
    }
    node.values.set(method, { value, names });
  }

  match(method: string, path: string): PathMatch<T> | null {
    let start = 0;
    let end = path.length;
    while (start < end && path.charCodeAt(start) === SLASH) start++;
    while (end > start && path.charCodeAt(end - 1) === SLASH) end--;
    const captured: string[] = [];
    const found = search(this.#root, method, { path, end, captured }, start);
    if (!found) return null;
    if (found.names.length === 0) return { value: found.value, parameters: NO_PARAMETERS };
    const parameters: Record<string, string> = Object.create(null);
    for (let i = 0; i < found.names.length; i++) {
      parameters[found.names[i] as string] = captured[i] as string;
    }
    return { value: found.value, parameters };
  }
}

const SLASH = 47;
type Cursor = { path: string; end: number; captured: string[] };

function search<T>(
  node: PathNode<T>,
  method: string,
  cursor: Cursor,
  at: number,
): { value: T; names: readonly string[] } | undefined {
  const { path, end, captured } = cursor;
  if (at >= end) return node.valueFor(method);
  let stop = path.indexOf("/", at);
  if (stop < 0 || stop > end) stop = end;
  const part = path.slice(at, stop);

  const next = node.statics.get(part);
  if (next) {
    const found = search(next, method, cursor, stop + 1);
    if (found) return found;
  }
  if (node.variable && part !== "") {
    captured.push(part);
    const found = search(node.variable, method, cursor, stop + 1);
    if (found) return found;
    captured.pop();
  }
  if (node.greedy) {
    const found = node.greedy.valueFor(method);
    if (found) {
      captured.push(path.slice(at, end));
      return found;
    }
  }
  return undefined;
}
