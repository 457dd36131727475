import type { ApiDefinition } from "@/server/domain/definition";
import { modelReferences } from "@/server/domain/model/model-references";
import type { Model } from "@/server/gateway/snapshot/api-snapshot";
import type { DiffContext } from "./diff-definitions";
import { changedEntries, type DiffScope, isSame } from "./diff-entry";

/** Models, validators, authorizers, gateway responses and documentation. */
export function diffComponents(context: DiffContext, root: DiffScope): void {
  const { before, after } = context;
  diffModels(context, root);
  for (const { key, before: was, after: is } of changedEntries(validators(before), validators(after))) {
    const more = Boolean(is?.body && was && !was.body) || Boolean(is?.parameters && was && !was.parameters);
    const checks = [is?.body && "the body", is?.parameters && "parameters"].filter(Boolean).join(" and ");
    const text = is ? `${was ? "now checks" : "is new and checks"} ${checks || "nothing"}` : "is gone";
    root.in(`validator ${key}`).add({ before: was, after: is }, `Request validator ${key} ${text}`, more);
  }
  for (const { key, before: was, after: is } of changedEntries(authorizers(before), authorizers(after))) {
    const text = !was ? "is new" : !is ? "is gone" : `changed: ${changedFields(was, is)}`;
    root.in(`authorizer ${key}`).add({ before: was, after: is }, `Authorizer ${key} ${text}`);
  }
  const responses = changedEntries(
    before.gatewayResponses as Record<string, unknown>,
    after.gatewayResponses as Record<string, unknown>,
  );
  for (const { key, before: was, after: is } of responses) {
    const text = !was ? "is now customised" : !is ? "is back to its default" : "changed";
    root.in(`gateway response ${key}`).add({ before: was, after: is }, `Gateway response ${key} ${text}`);
  }
  const documentation = changedEntries(documentationByPlace(before), documentationByPlace(after));
  if (documentation.length > 0) {
    const places = documentation.length === 1 ? "1 place" : `${documentation.length} places`;
    root.in("documentation").add(
      {
        before: Object.keys(documentationByPlace(before)).length,
        after: Object.keys(documentationByPlace(after)).length,
      },
      `The documentation of ${places} changed`,
    );
  }
}

const validators = ({ requestValidators }: ApiDefinition) =>
  Object.fromEntries(
    Object.values(requestValidators).map((validator) => [
      validator.name,
      { body: validator.validateRequestBody, parameters: validator.validateRequestParameters },
    ]),
  );

const authorizers = (definition: ApiDefinition): Record<string, Record<string, unknown>> =>
  Object.fromEntries(
    Object.values(definition.authorizers).map(({ id: _id, ...authorizer }) => [authorizer.name, authorizer]),
  );

const documentationByPlace = ({ documentationParts }: ApiDefinition) =>
  Object.fromEntries(documentationParts.map((part) => [JSON.stringify(part.location), part.properties]));

function changedFields(before: Record<string, unknown>, after: Record<string, unknown>): string {
  return changedEntries(before, after)
    .map(({ key }) => key)
    .join(", ");
}

function diffModels({ before, after }: DiffContext, root: DiffScope): void {
  const checked = modelsOfCheckedRequests(after);
  for (const { key, before: was, after: is } of changedEntries(before.models, after.models)) {
    const scope = root.in(`model ${key}`);
    if (!was || !is) {
      scope.add({ before: was?.schema, after: is?.schema }, `Model ${key} is ${is ? "new" : "gone"}`);
      continue;
    }
    if (isSame(withoutApiId(was), withoutApiId(is))) continue;
    const required = newlyRequired(was, is);
    const text = required.length > 0 ? `now requires ${required.join(", ")}` : "changed";
    scope.add(
      { before: was.schema, after: is.schema },
      `Model ${key} ${text}`,
      required.length > 0 && checked.has(key),
    );
  }
}

/** The API's id in references between models differs between imports and means nothing. */
const withoutApiId = (model: Model) => ({
  ...model,
  schema: model.schema.replace(/\/restapis\/[^/"]*\/models\//g, "/models/"),
});

function newlyRequired(before: Model, after: Model): string[] {
  const required = (model: Model): string[] => {
    try {
      const schema = JSON.parse(model.schema) as { required?: unknown };
      return Array.isArray(schema.required) ? schema.required.filter((name) => typeof name === "string") : [];
    } catch {
      return [];
    }
  };
  const known = new Set(required(before));
  return required(after).filter((name) => !known.has(name));
}

/** Models that request bodies are checked against, and the models those refer to. */
function modelsOfCheckedRequests(definition: ApiDefinition): Set<string> {
  const names = new Set<string>();
  for (const resource of Object.values(definition.resources)) {
    for (const method of Object.values(resource.resourceMethods)) {
      const validator = definition.requestValidators[method.requestValidatorId ?? ""];
      if (validator?.validateRequestBody)
        for (const name of Object.values(method.requestModels)) names.add(name);
    }
  }
  for (const name of names) {
    const model = definition.models[name];
    if (model) for (const other of modelReferences(model.schema)) names.add(other);
  }
  return names;
}
