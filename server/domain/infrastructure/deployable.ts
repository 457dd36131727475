import { type ApiDefinition, emptyDefinition, resourcePath } from "@/server/domain/definition";
import { modelReferences } from "@/server/domain/model/model-references";
import { ownEntry } from "@/server/domain/own-entry";
import type { Authorizer, Model, RequestValidator, Resource } from "@/server/gateway/snapshot/api-snapshot";
import { HTTP_METHODS, type Method } from "@/server/gateway/snapshot/method";
import type { StageConfig } from "@/server/gateway/snapshot/stage-config";
import { canonicalJson } from "@/server/toolkit/json-canonical";

/** What goes into an infrastructure document: an API and the stage it is deployed to. */
export type Deployable = {
  readonly definition: ApiDefinition;
  /** Of the definition: a new one makes a new deployment. */
  readonly hash: string;
  readonly stage: Pick<StageConfig, "stageName"> & Partial<StageConfig>;
};

export type NamedMethod = {
  readonly name: string;
  readonly method: Method;
  readonly resource: Resource;
  readonly path: string;
};
export type NamedResource = { readonly name: string; readonly resource: Resource; readonly path: string };
export type NamedModel = {
  readonly name: string;
  readonly model: Model;
  /** AWS makes it with every API: it is referred to, not made. */
  readonly isBuiltIn: boolean;
  /** Its name at AWS; a changed `Empty` cannot be called so. */
  readonly modelName: string;
  /** Models that have to be there before it; of two in a circle only one is. */
  readonly after: readonly string[];
};

/** The parts of an API in the order in which they can be made, each with a name that is its own among its kind. */
export type DeployableParts = {
  readonly rootId: string;
  readonly resources: NamedResource[];
  readonly methods: NamedMethod[];
  readonly models: Map<string, NamedModel>;
  readonly validators: Map<string, { name: string; validator: RequestValidator }>;
  readonly authorizers: Map<string, { name: string; authorizer: Authorizer }>;
};

/** `spell` writes words as a name, e.g. `PetsPetId` or `pets_petid`. */
export function deployableParts(
  definition: ApiDefinition,
  spell: (words: readonly string[]) => string,
): DeployableParts {
  const resources = Object.values(definition.resources)
    .map((resource) => ({ resource, path: resourcePath(definition, resource.id) ?? "/" }))
    .sort((a, b) => depth(a.path) - depth(b.path) || (a.path < b.path ? -1 : 1));
  const name = { resource: unique(spell), method: unique(spell), model: unique(spell) };
  const named = resources.map((one) => ({ ...one, name: name.resource(wordsOf(one.path)) }));
  const validator = unique(spell);
  const authorizer = unique(spell);
  return {
    rootId: named.find(({ resource }) => resource.parentId === null)?.resource.id ?? "",
    resources: named.filter(({ resource }) => resource.parentId !== null),
    methods: named.flatMap(({ resource, path }) =>
      HTTP_METHODS.flatMap((verb) => resource.resourceMethods[verb] ?? []).map((method) => ({
        name: name.method([method.httpMethod.toLowerCase(), ...wordsOf(path)]),
        method,
        resource,
        path,
      })),
    ),
    models: namedModels(definition, name.model),
    validators: new Map(
      Object.values(definition.requestValidators).map((one) => [
        one.id,
        { name: validator(wordsOf(one.name)), validator: one },
      ]),
    ),
    authorizers: new Map(
      Object.values(definition.authorizers).map((one) => [
        one.id,
        { name: authorizer(wordsOf(one.name)), authorizer: one },
      ]),
    ),
  };
}

const depth = (path: string) => path.split("/").filter((part) => part !== "").length;

function wordsOf(text: string): string[] {
  const words = text.split(/[^a-zA-Z0-9]+/).filter((word) => word !== "");
  return words.length > 0 ? words : ["root"];
}

/** Names that differ also where capitals do not count. */
function unique(spell: (words: readonly string[]) => string): (words: readonly string[]) => string {
  const taken = new Set<string>();
  return (words) => {
    const base = spell(words);
    let name = base;
    for (let number = 2; taken.has(name.toLowerCase()); number++) name = `${base}${number}`;
    taken.add(name.toLowerCase());
    return name;
  };
}

const BUILT_IN = emptyDefinition({ name: "any", rootId: "root" }).models;

function namedModels(
  { models }: ApiDefinition,
  nameOf: (words: readonly string[]) => string,
): Map<string, NamedModel> {
  const names = new Set(Object.keys(models));
  const named = new Map<string, NamedModel>();
  for (const model of inOrder(models)) {
    const builtIn = ownEntry(BUILT_IN, model.name);
    const isBuiltIn = builtIn !== undefined && sameSchema(builtIn.schema, model.schema);
    let modelName = model.name;
    if (builtIn && !isBuiltIn)
      do modelName += "Model";
      while (names.has(modelName));
    const after = modelReferences(model.schema).filter((other) => named.get(other)?.isBuiltIn === false);
    named.set(model.name, { name: nameOf([model.name]), model, isBuiltIn, modelName, after });
  }
  return named;
}

/** Models after those they refer to, as far as circles allow. */
function inOrder(models: ApiDefinition["models"]): Model[] {
  const ordered = new Map<string, Model>();
  const open = new Set<string>();
  const visit = (model: Model): void => {
    if (ordered.has(model.name) || open.has(model.name)) return;
    open.add(model.name);
    for (const name of modelReferences(model.schema)) {
      const other = ownEntry(models, name);
      if (other) visit(other);
    }
    ordered.set(model.name, model);
  };
  for (const model of Object.values(models)) visit(model);
  return [...ordered.values()];
}

function sameSchema(a: string, b: string): boolean {
  try {
    return canonicalJson(JSON.parse(a)) === canonicalJson(JSON.parse(b));
  } catch {
    return false;
  }
}
