import { beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { createTestApi, deployTestApi } from "@/server/testing/test-api";
import { createTestWorkspace, type TestWorkspace } from "@/server/testing/test-workspace";
import { deleteApi, listDeletedApis, restoreApi } from "./delete-api";
import { editApi } from "./edit-api";
import { exportApi } from "./export-api";
import { getApi } from "./get-api";
import { importApi } from "./import-api";
import { listApis } from "./list-apis";
import { undoEdit } from "./move-in-history";
import { previewImport } from "./preview-import";

let workspace: TestWorkspace;
let owner: TestWorkspace["owner"];

const SOURCE = JSON.stringify({
  openapi: "3.0.1",
  info: { title: "Shop", version: "2.0" },
  paths: {
    "/orders": {
      get: { responses: { 200: { description: "Fine" } } },
      post: { responses: { 201: { description: "Made" } } },
    },
    "/orders/{orderId}": { get: { responses: { 200: { description: "Fine" } } } },
  },
});
const paths = ["/", "/orders", "/orders/{orderId}"];

beforeAll(async () => {
  workspace = await createTestWorkspace();
  owner = workspace.owner;
});

describe("importing", () => {
  it("keeps nothing while it is only looked at", async () => {
    const preview = await previewImport(owner, { source: SOURCE, filename: "shop.json" });
    expect(preview.summary).toMatchObject({ name: "Shop", resourceCount: 3, methodCount: 3 });
    expect(preview.summary.resources.map((resource) => resource.path)).toEqual(paths);
    expect(preview).toMatchObject({ sourceVersion: "3.0.1", changes: null, revision: null });
    expect(await listApis(owner)).toEqual([]);
  });

  it("makes an API with a draft and a report", async () => {
    const { apiId, revision, report } = await importApi(owner, { source: SOURCE });
    expect(revision).toBe(1);
    expect(report.length).toBeGreaterThan(0);
    expect(await listApis(owner)).toMatchObject([
      { id: apiId, name: "Shop", resourceCount: 3, methodCount: 3 },
    ]);
  });

  it("replaces or extends a draft as one step that undo takes back", async () => {
    const { apiId, revision } = await createTestApi(owner, "Target");
    const before = await getApi(owner, { apiId });
    for (const mode of ["overwrite", "merge"] as const) {
      const current = await getApi(owner, { apiId });
      const target = { apiId, mode, revision: current.revision };
      const preview = await previewImport(owner, { source: SOURCE, target });
      expect(preview.changes?.length).toBeGreaterThan(0);
      const imported = await importApi(owner, { source: SOURCE, filename: "shop.json", target });
      const after = await getApi(owner, { apiId });
      const parts = Object.values(after.definition.resources).map((resource) => resource.pathPart);
      expect(parts.includes("pets")).toBe(mode === "merge");
      expect(parts).toContain("{orderId}");
      expect(after.undo?.label).toContain("shop.json");
      const undone = await undoEdit(owner, { apiId, revision: imported.revision });
      expect(undone.draftHash).toBe(before.draftHash);
    }
    const stale = importApi(owner, { source: SOURCE, target: { apiId, mode: "merge", revision } });
    await expect(stale).rejects.toMatchObject({ code: "CONFLICT" });
  });

  it("points at the place in a source that cannot be read", async () => {
    await expect(importApi(owner, { source: '{\n"openapi": "3.0.1",\n"info": {]}' })).rejects.toMatchObject({
      code: "INVALID",
      fieldPath: "source",
      details: { line: 3, column: expect.any(Number) },
    });
  });
});

describe("importing as AWS's parameters ask", () => {
  const document = JSON.stringify({
    swagger: "2.0",
    info: { title: "Odd" },
    basePath: "/v1",
    paths: {
      "/a": {
        get: {
          responses: {},
          "x-amazon-apigateway-integration": {
            type: "mock",
            requestParameters: { "integration.request.header.a": 1 },
          },
        },
      },
    },
  });

  it("puts the base path in front, and refuses what AWS would warn of", async () => {
    const { summary } = await previewImport(owner, { source: document, basePath: "prepend" });
    expect(summary.resources.map(({ path }) => path)).toEqual(["/", "/v1", "/v1/a"]);
    await expect(importApi(owner, { source: document, failOnWarnings: true })).rejects.toMatchObject({
      code: "INVALID",
      details: { line: 1 },
    });
  });
});

describe("exporting", () => {
  it("gives the draft, or what a stage serves, in the syntax asked for", async () => {
    const { apiId } = await createTestApi(owner, "My API!");
    const format = "oas30" as const;
    const json = await exportApi(owner, { apiId, format, extensions: true, syntax: "json" });
    expect(json.filename).toBe("my-api-oas30.json");
    expect(Object.keys(JSON.parse(json.content).paths)).toEqual(["/pets"]);
    const yaml = await exportApi(owner, { apiId, format, extensions: true, syntax: "yaml" });
    expect(parse(yaml.content)).toEqual(JSON.parse(json.content));
    const gone = exportApi(owner, { apiId, stageName: "prod", format, extensions: false, syntax: "json" });
    await expect(gone).rejects.toMatchObject({ code: "NOT_FOUND" });
    await deployTestApi(owner, apiId, "prod");
    const stage = await exportApi(owner, {
      apiId,
      stageName: "prod",
      format,
      extensions: false,
      syntax: "json",
    });
    expect(stage.filename).toBe("my-api-prod-oas30.json");
    expect(Object.keys(JSON.parse(stage.content).paths)).toEqual(["/pets"]);
  });

  it("gives the document that AWS writes for a list of extensions", async () => {
    const { apiId } = await createTestApi(owner, "Listed");
    const documentation = {
      id: "doc1",
      location: { type: "METHOD", path: "/pets", method: "GET" },
      properties: '{"summary":"All pets"}',
    };
    const { revision } = await getApi(owner, { apiId });
    const edits = [{ name: "put-documentation-part", input: { part: documentation } }];
    await editApi(owner, { apiId, revision, edits });
    const input = { apiId, format: "oas30" as const, syntax: "json" as const };
    const get = async (extensions: boolean | ("integrations" | "documentation")[]) =>
      JSON.parse((await exportApi(owner, { ...input, extensions })).content);
    const integration = "x-amazon-apigateway-integration";
    expect((await get(["integrations"])).paths["/pets"].get).toHaveProperty(integration);
    expect((await get(["integrations"])).paths["/pets"].get).not.toHaveProperty("summary");
    const documented = await get(["documentation"]);
    expect(documented.paths["/pets"].get).toMatchObject({ summary: "All pets" });
    expect(documented.paths["/pets"].get).not.toHaveProperty(integration);
  });

  it("gives what deploys the API to AWS, of a stage with its settings", async () => {
    const { apiId } = await createTestApi(owner, "To AWS");
    await deployTestApi(owner, apiId, "dev");
    const input = { apiId, extensions: true, syntax: "yaml" as const };
    const terraform = await exportApi(owner, { ...input, format: "terraform" });
    expect(terraform.filename).toBe("to-aws.tf");
    expect(terraform.content).toContain('stage_name = "prod"');
    const template = await exportApi(owner, { ...input, format: "cloudformation", stageName: "dev" });
    expect(template.filename).toBe("to-aws-dev-cloudformation.yaml");
    expect(template.content).toContain("StageName: dev");
  });

  it("comes back as the same behaviour when imported again", async () => {
    const { apiId } = await createTestApi(owner, "Round trip");
    const { content } = await exportApi(owner, { apiId, format: "oas30", extensions: true, syntax: "yaml" });
    const target = { apiId, mode: "overwrite" as const };
    const { changes } = await previewImport(owner, { source: content, target });
    // The text of a model may be laid out anew.
    expect(changes?.filter((change) => !change.path.startsWith("model "))).toEqual([]);
  });
});

describe("the trash", () => {
  it("hides an API with its stages until it is restored as it was", async () => {
    const { apiId } = await createTestApi(owner, "Trash");
    await deployTestApi(owner, apiId, "prod");
    const before = await getApi(owner, { apiId });
    await deleteApi(owner, { apiId });
    await expect(getApi(owner, { apiId })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect((await listApis(owner)).map((api) => api.id)).not.toContain(apiId);
    expect(await listDeletedApis(owner)).toMatchObject([{ id: apiId, name: "Trash" }]);
    await restoreApi(owner, { apiId });
    const after = await getApi(owner, { apiId });
    expect(after).toMatchObject({ draftHash: before.draftHash, stages: before.stages });
    expect(await listDeletedApis(owner)).toEqual([]);
  });
});
