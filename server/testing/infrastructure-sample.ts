import { readFileSync } from "node:fs";
import type { ApiDefinition } from "@/server/domain/definition";
import { hashDefinition } from "@/server/domain/hash-definition";
import type { Deployable } from "@/server/domain/infrastructure/deployable";
import { importOpenApi } from "@/server/domain/openapi/import/import-openapi";
import { stageConfigSchema } from "@/server/gateway/snapshot/stage-config";

/** The API with every extension, deployed to a stage with settings. */
export function deployableSample(change: (definition: ApiDefinition) => void = () => {}): Deployable {
  let count = 0;
  const source = readFileSync("server/domain/openapi/cases/every-extension.swagger.yaml", "utf8");
  const { definition } = importOpenApi(source, { ids: () => `id${count++}` });
  change(definition);
  return {
    definition,
    hash: hashDefinition(definition),
    stage: stageConfigSchema.parse({
      stageName: "prod",
      variables: { host: "example.com" },
      cacheClusterEnabled: true,
      cacheClusterSize: "1.6",
      methodSettings: { "*/*": { throttlingBurstLimit: 5 }, "~1pets~1{petId}/GET": { cachingEnabled: true } },
    }),
  };
}
