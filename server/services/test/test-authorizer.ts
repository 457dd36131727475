import type { Actor } from "@/server/domain/actor";
import { ServiceError } from "@/server/domain/errors";
import { SnapshotError } from "@/server/gateway/compile/snapshot-error";
import {
  testAuthorizer as askAuthorizer,
  type TestAuthorizerInput,
  type TestAuthorizerResult,
} from "@/server/gateway/policies/test-authorizer";
import { stageConfigSchema } from "@/server/gateway/snapshot/stage-config";
import { findApi } from "@/server/services/api/find-api";
import { authorize } from "@/server/services/authorize";
import { testPorts } from "./test-ports";

/** Asks an authorizer of the saved draft about a request, and tells what it decided and why. */
export async function testAuthorizer(
  actor: Actor,
  input: {
    apiId: string;
    authorizerId: string;
    request: TestAuthorizerInput["request"];
    stageVariables?: Record<string, string>;
  },
  ports: TestAuthorizerInput["ports"] = testPorts(),
): Promise<TestAuthorizerResult> {
  authorize(actor, "test:invoke");
  const api = await findApi(actor, input.apiId);
  if (!Object.hasOwn(api.definition.authorizers, input.authorizerId))
    throw new ServiceError("NOT_FOUND", "Invalid Authorizer identifier specified");
  const stageConfig = stageConfigSchema.safeParse({
    stageName: "test-invoke-stage",
    variables: input.stageVariables ?? {},
  });
  if (!stageConfig.success) {
    throw new ServiceError("INVALID", "The stage variables are not valid", { fieldPath: "stageVariables" });
  }
  try {
    return await askAuthorizer({
      snapshot: api.definition,
      authorizerId: input.authorizerId,
      stageConfig: stageConfig.data,
      apiId: api.id,
      workspaceId: actor.workspaceId,
      request: input.request,
      ports,
    });
  } catch (error) {
    if (!(error instanceof SnapshotError)) throw error;
    throw new ServiceError("INVALID", `The authorizer cannot be tested: ${error.problems[0]?.message}`);
  }
}
