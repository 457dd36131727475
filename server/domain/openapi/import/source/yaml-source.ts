import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  type YAMLMap,
} from "yaml";
import { ImportError } from "../import-error";
import { pointerParts } from "./cursor";
import type { Source } from "./source-document";

/** How many values one alias may stand for, counted by the YAML reader. */
const MAX_ALIAS_COUNT = 100;

/** A YAML text, read once; places are looked up in the tree of its nodes. */
export class YamlSource implements Source {
  readonly value: unknown;
  readonly #document: Document.Parsed;
  /** name → member, for maps that were asked for one. */
  readonly #members = new WeakMap<YAMLMap, Map<string, Pair>>();

  /** @throws ImportError for a text that is no YAML, or one that repeats or nests without end */
  constructor(text: string) {
    this.#document = read(text);
    try {
      this.value = this.#document.toJS({ maxAliasCount: MAX_ALIAS_COUNT });
    } catch (error) {
      throw new ImportError("LIMIT", `The document cannot be read: ${reason(error)}`);
    }
  }

  offsetOf(pointer: string): number {
    return this.#find(pointer).offset;
  }

  numberText(pointer: string): string | undefined {
    const { node } = this.#find(pointer);
    return isScalar(node) && typeof node.value === "number" ? node.source : undefined;
  }

  /** The node a pointer names, null if there is none, and the offset of it or of the nearest one around it. */
  #find(pointer: string): { node: Node | null; offset: number } {
    let node: Node | null = this.#document.contents;
    let offset = node?.range?.[0] ?? 0;
    for (const part of pointerParts(pointer)) {
      if (isAlias(node)) node = node.resolve(this.#document) ?? null;
      let next: Node | null = null;
      if (isMap(node)) {
        const pair = this.#memberOf(node, part);
        if (!pair) return { node: null, offset };
        offset = (pair.key as Node).range?.[0] ?? offset;
        next = pair.value as Node | null;
      } else if (isSeq(node)) {
        next = (node.items[Number(part)] as Node | undefined) ?? null;
        offset = next?.range?.[0] ?? offset;
      }
      if (!next) return { node: null, offset };
      node = next;
    }
    return { node, offset };
  }

  #memberOf(map: YAMLMap, name: string): Pair | undefined {
    let members = this.#members.get(map);
    if (!members) {
      members = new Map(
        map.items.flatMap((pair) => (isScalar(pair.key) ? [[String(pair.key.value), pair]] : [])),
      );
      this.#members.set(map, members);
    }
    return members.get(name);
  }
}

function read(text: string): Document.Parsed {
  let document: Document.Parsed;
  try {
    // What the reader would warn of on the console is not for there: it is in somebody's document.
    document = parseDocument(text, { merge: true, prettyErrors: false, logLevel: "error" });
  } catch (error) {
    throw new ImportError("LIMIT", `The document cannot be read: ${reason(error)}`);
  }
  const fault = document.errors[0];
  if (!fault) return document;
  // The code is of the reader's own; its type does not list it.
  if ((fault.code as string) === "RESOURCE_EXHAUSTION") {
    throw new ImportError("LIMIT", `The document cannot be read: ${fault.message}`);
  }
  const before = text.slice(0, fault.pos[0]);
  const lineStart = before.lastIndexOf("\n") + 1;
  throw new ImportError("SYNTAX", `Invalid OpenAPI input: ${fault.message}`, {
    line: before.split("\n").length,
    column: before.length - lineStart + 1,
  });
}

const reason = (error: unknown) => (error instanceof Error ? error.message : String(error));
