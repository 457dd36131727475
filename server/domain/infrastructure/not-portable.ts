import type { DeployableParts } from "./deployable";

/** What of an API the document cannot say, as sentences for its head. */
export function notPortable(
  { methods, models }: DeployableParts,
  kind: "cloudformation" | "terraform",
): string[] {
  const notes: string[] = [];
  for (const { method, path } of methods) {
    const integration = method.methodIntegration;
    const label = `${method.httpMethod} ${path}`;
    if (!integration) {
      notes.push(`${label} has no integration: AWS does not deploy a method without one.`);
      continue;
    }
    if (/^https?:\/\/(localhost|127\.|\[::1\])/.test(integration.uri ?? ""))
      notes.push(`${label} calls ${integration.uri}, which AWS cannot reach.`);
    if (kind === "cloudformation" && integration.tlsConfig?.insecureSkipVerification)
      notes.push(`${label} does not verify certificates, which CloudFormation cannot say.`);
  }
  for (const { model, modelName } of models.values()) {
    if (modelName !== model.name)
      notes.push(`Model ${model.name} is called ${modelName}: AWS makes a model ${model.name} of its own.`);
  }
  return notes.map((note) => note.replace(/[\r\n]+/g, " "));
}
