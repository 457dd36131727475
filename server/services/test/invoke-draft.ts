import type { Actor } from "@/server/domain/actor";
import { ServiceError } from "@/server/domain/errors";
import { SnapshotError } from "@/server/gateway/compile/snapshot-error";
import { stageConfigSchema } from "@/server/gateway/snapshot/stage-config";
import {
  type TestInvokeInput,
  type TestInvokeRequest,
  type TestInvokeResult,
  TestInvokeTargetError,
  testInvoke,
} from "@/server/gateway/test-invoke";
import { findApi } from "@/server/services/api/find-api";
import { authorize } from "@/server/services/authorize";
import { locateRequest } from "./locate-request";
import { prepareClientCertificate, testPorts } from "./test-ports";

/** The stage name that AWS shows in `$context.stage` of a test run. */
const TEST_STAGE = "test-invoke-stage";

type Input = {
  apiId: string;
  request: TestInvokeRequest;
  stageVariables?: Record<string, string>;
  /** Shown to HTTP back ends over TLS; null is none. */
  clientCertificateId?: string | null;
};

/** Sends a request through the saved draft, by the same pipeline as the data plane's, and tells what each step did. */
export async function invokeDraft(
  actor: Actor,
  input: Input,
  ports: TestInvokeInput["ports"] = testPorts(),
): Promise<TestInvokeResult> {
  authorize(actor, "test:invoke");
  const api = await findApi(actor, input.apiId);
  const stageConfig = stageConfigSchema.safeParse({
    stageName: TEST_STAGE,
    variables: input.stageVariables ?? {},
    clientCertificateId: input.clientCertificateId || null,
  });
  if (!stageConfig.success) {
    throw new ServiceError(
      "INVALID",
      stageConfig.error.issues[0]?.message ?? "The stage variables are not valid",
      {
        fieldPath: "stageVariables",
      },
    );
  }
  if (input.clientCertificateId) await prepareClientCertificate(actor, input.clientCertificateId);
  try {
    return await testInvoke({
      snapshot: api.definition,
      stageConfig: stageConfig.data,
      apiId: api.id,
      workspaceId: actor.workspaceId,
      request: locateRequest(api.definition, input.request),
      ports,
    });
  } catch (error) {
    if (error instanceof TestInvokeTargetError) throw new ServiceError("NOT_FOUND", error.message);
    if (error instanceof SnapshotError) {
      throw new ServiceError("INVALID", `The method cannot be run: ${error.problems[0]?.message}`, {
        details: { problems: error.problems },
      });
    }
    throw error;
  }
}
