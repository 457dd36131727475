import type { Actor } from "@/server/domain/actor";
import type { EditCall } from "@/server/domain/edits/apply-edits";
import { createApi } from "@/server/services/api/create-api";
import { editApi } from "@/server/services/api/edit-api";
import { getApi } from "@/server/services/api/get-api";
import { createDeployment, type Deployed } from "@/server/services/deployment/create-deployment";

export type TestApi = {
  apiId: string;
  /** The root resource. */
  rootId: string;
  revision: number;
};

/** An API with a mock `GET /pets` in its draft, at revision 2. */
export async function createTestApi(actor: Actor, name = "Pets"): Promise<TestApi> {
  const { apiId, revision } = await createApi(actor, { name });
  const { definition } = await getApi(actor, { apiId });
  const rootId = Object.values(definition.resources).find((resource) => resource.parentId === null)?.id ?? "";
  const edits = mockGet({ rootId, id: "pets", pathPart: "pets" });
  const saved = await editApi(actor, { apiId, revision, edits });
  return { apiId, rootId, revision: saved.revision };
}

/** Edits that add a resource with a GET that answers 200 without a back end. */
export function mockGet(input: { rootId: string; id: string; pathPart: string }): EditCall[] {
  const { rootId, id, pathPart } = input;
  return [
    { name: "create-resource", input: { id, parentId: rootId, pathPart } },
    { name: "create-method", input: { resourceId: id, httpMethod: "GET" } },
  ];
}

/** Deploys the newest draft. */
export async function deployTestApi(actor: Actor, apiId: string, stageName = "prod"): Promise<Deployed> {
  const { revision } = await getApi(actor, { apiId });
  return createDeployment(actor, { apiId, stageName, revision });
}
