import { RuntimeHolder } from "@/server/dataplane/config/holder";
import { StageSlot } from "@/server/dataplane/config/stage-slot";
import { buildApi } from "@/server/testing/api-builder";

/** A small API as people have many of: ten methods, a template each way, a model. */
function snapshotOf(name: string) {
  const methods: Record<string, Record<string, unknown>> = {};
  for (let i = 0; i < 10; i++) {
    methods[`GET /v1/${name}${i}/{id}`] = {
      methodIntegration: {
        type: "HTTP",
        httpMethod: "GET",
        uri: `http://127.0.0.1:9/${name}/{id}`,
        requestParameters: { "integration.request.path.id": "method.request.path.id" },
        requestTemplates: { "application/json": `{"id": "$input.params('id')", "of": "${name} ${i}"}` },
        integrationResponses: {
          200: { responseTemplates: { "application/json": '{"data": $input.json("$")}' } },
        },
      },
      requestParameters: { "method.request.path.id": true },
    };
  }
  return buildApi(methods, { name });
}

/** Memory of this process with so many APIs deployed, after each was asked for once. */
export function measureApis(count: number) {
  const holder = new RuntimeHolder();
  for (let i = 0; i < count; i++) {
    const record = {
      apiId: `api${String(i).padStart(7, "0")}`,
      workspaceId: "workspace",
      stageName: "prod",
      deploymentId: `d${i}`,
      config: { stageName: "prod" },
    };
    // A node reads what is not compiled from its disk.
    holder.put(new StageSlot(record, () => snapshotOf(`api${i}`)));
  }
  // Requests come over time: what compiling leaves behind is gone before the process has grown around it.
  for (const [i, slot] of holder.all().entries()) {
    slot.runtime();
    if (i % 500 === 499) global.gc?.();
  }
  const { rss, heapUsed } = process.memoryUsage();
  return { rssMb: rss / 1_048_576, heapMb: heapUsed / 1_048_576, compiled: holder.compiledCount };
}
