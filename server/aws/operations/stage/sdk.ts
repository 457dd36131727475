import { type ApiInput, type Handlers, handler } from "@/server/aws/call";
import { readDraft } from "@/server/aws/draft";
import { badRequest, notFound } from "@/server/aws/protocol/aws-error";
import { RawAnswer } from "@/server/aws/protocol/write-answer";
import { javaScriptClient } from "@/server/domain/sdk/javascript-client";
import { readDeployment } from "@/server/services/deployment/read-deployments";
import { invokeUrls } from "@/server/services/stage/invoke-urls";
import { zipOf } from "@/server/toolkit/zip";
import { SDK_TYPES } from "./sdk-type";
import { readStage } from "./stage-records";

type SdkInput = ApiInput & { stageName: string; sdkType: string };

export const sdkHandlers: Handlers = {
  GetSdk: handler<SdkInput>(async (call) => {
    const { restApiId: apiId, stageName, sdkType } = call.input;
    if (!SDK_TYPES.some(({ id }) => id === sdkType))
      throw badRequest(`Invalid SDK type specified: ${sdkType}`);
    await readDraft(call);
    const stage = await readStage(call, { apiId, stageName });
    if (!stage) throw notFound("Invalid stage identifier specified");
    if (sdkType !== "javascript") {
      const clients = "export the API as OpenAPI and use a generator for that language";
      throw badRequest(`Gatehouse generates SDKs of type javascript only; for ${sdkType}, ${clients}`);
    }
    const { definition } = await readDeployment(call.actor, { apiId, deploymentId: stage.deploymentId });
    const archive = zipOf(javaScriptClient(definition, invokeUrls(apiId, stageName).path));
    return new RawAnswer(archive, {
      "content-type": "application/octet-stream",
      "content-disposition": `attachment; filename="javascript_${apiId}-${stageName}.zip"`,
    });
  }),
};
