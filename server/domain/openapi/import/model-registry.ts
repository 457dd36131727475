import type { Model } from "@/server/gateway/snapshot/api-snapshot";
import { sha256 } from "@/server/toolkit/sha256";
import { convertSchema, type SchemaConversion } from "./convert-schema";
import { type OpenApiVersion, resolveReference } from "./import-context";
import type { Report } from "./report";
import { Cursor, isRecord } from "./source/cursor";
import type { SourceDocument } from "./source/source-document";

/** Schemas copied in place of references, in one import. */
const MAX_COPIES = 10_000;

/** `pet_name-v2` → `petNameV2`: AWS's model names are letters and digits. */
export function modelNameFrom(text: string): string {
  const words = text.split(/[^a-zA-Z0-9]+/).filter((word) => word !== "");
  const [first = "Model", ...rest] = words;
  return first + rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}

/** `MODEL` and six hexadecimal digits, as AWS names a schema written in place; here they depend on the schema. */
const awsModelName = (text: string) => `MODEL${sha256(text).slice(0, 6)}`;

/** The models of an import: the document's named schemas, and those written in place, which get a name. */
export class ModelRegistry {
  readonly models: Record<string, Model> = {};
  readonly #context: { source: SourceDocument; report: Report };
  readonly #apiId: string;
  readonly #siblingsCount: boolean;
  readonly #copies = { left: MAX_COPIES };
  /** pointer of a named schema → its model. */
  readonly #named = new Map<string, string>();
  /** name → the number that its next namesake is tried with. */
  readonly #nextNumber = new Map<string, number>();
  /** text of a schema written in place → the model made of it. */
  readonly #inPlace = new Map<string, string>();

  readonly #nameInPlace: (hint: string, text: string) => string;

  constructor(
    context: { source: SourceDocument; report: Report },
    options: { apiId: string; version: OpenApiVersion; asAws: boolean },
  ) {
    this.#context = context;
    this.#apiId = options.apiId;
    this.#siblingsCount = options.version === "3.1";
    this.#nameInPlace = options.asAws ? (_, text) => awsModelName(text) : modelNameFrom;
  }

  /** Takes in every schema of `definitions` or `components.schemas`, used or not, as AWS does. */
  declareAll(schemas: Cursor): void {
    const taken = new Set<string>();
    const named = schemas.entries().map(([key, at]) => {
      const name = this.#freeName(modelNameFrom(key), (given) => taken.has(given));
      taken.add(name);
      this.#named.set(at.pointer, name);
      return { key, name, at };
    });
    for (const { key, name, at } of named) {
      this.#add(name, at);
      if (name === key) this.#context.report.kept(at, `Model ${name}`);
      else
        this.#context.report.translated(at, `Schema ${key} is model ${name}: names are letters and digits`);
    }
  }

  /**
   * The model of a schema at its place of use: the named one it refers to, or one made of it and named after `hint`.
   * Null when there is nothing to describe.
   */
  nameFor(at: Cursor, hint: string): string | null {
    if (!at.exists) return null;
    const ref = isRecord(at.value) && typeof at.value.$ref === "string" ? at.value.$ref : null;
    if (ref !== null) {
      const known = this.#modelAt(ref.slice(1));
      if (known) return known;
      const target = resolveReference(this.#context, at);
      if (!target) return null;
      const name = this.#modelAt(target.pointer);
      return name ?? this.nameFor(new Cursor(target.value, target.pointer), hint);
    }
    if (!isRecord(at.value) || Object.keys(at.value).length === 0) return null;
    const { text, description } = this.#convert(at, hint);
    const same = this.#inPlace.get(text);
    if (same) return same;
    const name = this.#freeName(this.#nameInPlace(hint, text), (given) => Object.hasOwn(this.models, given));
    this.models[name] = { name, description, contentType: "application/json", schema: text };
    this.#inPlace.set(text, name);
    this.#context.report.translated(at, `The schema written here is model ${name}`);
    return name;
  }

  /** The name itself, or with the first number from 2 on that is free. */
  #freeName(base: string, isTaken: (name: string) => boolean): string {
    if (!isTaken(base)) return base;
    let number = this.#nextNumber.get(base) ?? 2;
    while (isTaken(`${base}${number}`)) number++;
    this.#nextNumber.set(base, number + 1);
    return `${base}${number}`;
  }

  #add(name: string, at: Cursor): void {
    const { text, description } = this.#convert(at, name);
    this.models[name] = { name, description, contentType: "application/json", schema: text };
  }

  #convert(at: Cursor, name: string): { text: string; description: string } {
    const conversion: SchemaConversion = {
      apiId: this.#apiId,
      siblingsCount: this.#siblingsCount,
      modelAt: (pointer) => this.#modelAt(pointer),
      resolve: (ref) => resolveReference(this.#context, ref),
      dropped: new Set(),
      translated: new Set(),
      copies: this.#copies,
    };
    const schema = convertSchema(at, conversion, [at.pointer]);
    const list = (words: Set<string>) => [...words].sort().join(", ");
    if (conversion.dropped.size > 0) {
      this.#context.report.dropped(at, `Model ${name} is without ${list(conversion.dropped)}`);
    }
    if (conversion.translated.size > 0) {
      this.#context.report.translated(at, `Model ${name} says in draft 4: ${list(conversion.translated)}`);
    }
    const description = isRecord(schema) && typeof schema.description === "string" ? schema.description : "";
    return { text: JSON.stringify(schema, null, 2), description };
  }

  #modelAt(pointer: string): string | undefined {
    const direct = this.#named.get(pointer);
    if (direct !== undefined) return direct;
    // `#/definitions/My%20Pet` and `#/definitions/My Pet` are the same place.
    try {
      return this.#named.get(decodeURIComponent(pointer));
    } catch {
      return undefined;
    }
  }
}
