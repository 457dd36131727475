import { beforeAll, describe, expect, it } from "vitest";
import type { UpstreamRequest } from "@/server/gateway/ports";
import { editApi } from "@/server/services/api/edit-api";
import { fakePorts } from "@/server/testing/fake-ports";
import { createTestApi, type TestApi } from "@/server/testing/test-api";
import { createTestWorkspace, type TestWorkspace } from "@/server/testing/test-workspace";
import { invokeDraft } from "./invoke-draft";

let workspace: TestWorkspace;
let api: TestApi;

beforeAll(async () => {
  workspace = await createTestWorkspace();
  api = await createTestApi(workspace.owner);
});

describe("a test run", () => {
  it("answers from the saved draft, which no stage needs to serve", async () => {
    const result = await invokeDraft(
      workspace.owner,
      { apiId: api.apiId, request: { httpMethod: "GET", path: "/pets" } },
      fakePorts(),
    );
    expect(result.status).toBe(200);
    expect(result.log[0]).toMatch(/^Execution log for request /);
    expect(result.steps.every((step) => step.outcome !== "failed")).toBe(true);
  });

  it("calls the back end that the stage variables name", async () => {
    const integration = {
      type: "HTTP_PROXY",
      httpMethod: "GET",
      uri: "http://${stageVariables.backend}/cats",
    };
    await editApi(workspace.owner, {
      apiId: api.apiId,
      revision: api.revision,
      edits: [{ name: "put-integration", input: { resourceId: "pets", httpMethod: "GET", integration } }],
    });
    const sent: UpstreamRequest[] = [];
    const upstream = {
      send: async (request: UpstreamRequest) => {
        sent.push(request);
        return {
          status: 201,
          headers: ["content-type", "text/plain"],
          body: new TextEncoder().encode("meow"),
        };
      },
    };
    const result = await invokeDraft(
      workspace.owner,
      {
        apiId: api.apiId,
        request: { httpMethod: "GET", resourceId: "pets" },
        stageVariables: { backend: "localhost:4567" },
      },
      fakePorts({ upstream }),
    );
    expect(result).toMatchObject({ status: 201, body: "meow" });
    expect(sent).toMatchObject([{ method: "GET", origin: "http://localhost:4567", path: "/cats" }]);
  });

  it.each([
    ["a method that is not there", { httpMethod: "DELETE", path: "/pets" }, {}, "NOT_FOUND"],
    ["a resource that is not there", { httpMethod: "GET", path: "/dogs" }, {}, "NOT_FOUND"],
    ["a stage variable that AWS refuses", { httpMethod: "GET", path: "/pets" }, { a: "<>" }, "INVALID"],
  ])("refuses %s", async (_, request, stageVariables, code) => {
    const run = invokeDraft(workspace.owner, { apiId: api.apiId, request, stageVariables }, fakePorts());
    await expect(run).rejects.toMatchObject({ code });
  });
});
