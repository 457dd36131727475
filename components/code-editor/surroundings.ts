import type { TemplateSurroundings } from "@/server/vtl";

const known = new WeakMap<object, TemplateSurroundings>();

/** What is around the template of a Monaco model, for completion and hover, which Monaco asks for by the model. */
export const templateSurroundings = {
  of: (model: object): TemplateSurroundings => known.get(model) ?? {},
  set: (model: object, surroundings: TemplateSurroundings) => known.set(model, surroundings),
};
