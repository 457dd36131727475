const MODEL_URL = /^https?:\/\/apigateway\.[^/]+\/restapis\/[^/]*\/models\/([a-zA-Z0-9]+)$/;

/** The `$ref` by which a model's schema refers to another model of the API. */
export const modelUrl = (apiId: string, name: string) =>
  `https://apigateway.amazonaws.com/restapis/${apiId}/models/${name}`;

/** The name of the model an `$ref` leads to; null when it is not a reference to a model. */
export const modelNameOf = (ref: string): string | null => MODEL_URL.exec(ref)?.[1] ?? null;

/** The names of the models a schema text refers to, each once. A text that is no JSON refers to none. */
export function modelReferences(schemaText: string): string[] {
  let schema: unknown;
  try {
    schema = JSON.parse(schemaText);
  } catch {
    return [];
  }
  const names = new Set<string>();
  const open: unknown[] = [schema];
  for (let value = open.pop(); value !== undefined || open.length > 0; value = open.pop()) {
    if (typeof value !== "object" || value === null) continue;
    for (const [key, member] of Object.entries(value)) {
      const name = key === "$ref" && typeof member === "string" ? modelNameOf(member) : null;
      if (name) names.add(name);
      else if (member !== undefined) open.push(member);
    }
  }
  return [...names];
}
