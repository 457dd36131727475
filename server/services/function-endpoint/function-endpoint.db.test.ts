import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HttpClient } from "@/server/adapters/http-client";
import { database } from "@/server/db/client";
import { fakePorts } from "@/server/testing/fake-ports";
import { type FunctionServer, startFunctionServer } from "@/server/testing/function-server";
import { createTestWorkspace, type TestWorkspace } from "@/server/testing/test-workspace";
import { getFunctionEndpoint } from "./get-endpoint";
import { removeFunctionEndpoint, setFunctionEndpoint } from "./set-endpoint";
import { testFunctionEndpoint } from "./test-endpoint";
import { workspaceFunctions } from "./workspace-functions";

let workspace: TestWorkspace;
let functions: FunctionServer;
const http = new HttpClient();
beforeAll(async () => {
  workspace = await createTestWorkspace();
  functions = await startFunctionServer();
});
afterAll(async () => {
  await http.close();
  await functions.close();
});

const signed = { url: "", region: "eu-west-1", accessKeyId: "AKIDEXAMPLE" };

describe("a workspace's function endpoint", () => {
  it("keeps its secret sealed, keeps it when nothing new is given, and tells the gateways", async () => {
    await setFunctionEndpoint(workspace.owner, { ...signed, secretAccessKey: "very-secret" });
    await setFunctionEndpoint(workspace.owner, { ...signed, url: functions.url });
    const row = await database().functionEndpoint.findUniqueOrThrow({ where: { workspaceId: workspace.id } });
    const view = await getFunctionEndpoint(workspace.owner);
    expect(view).toMatchObject({ url: functions.url, hasSecret: true, accessKeyId: "AKIDEXAMPLE" });
    expect(JSON.stringify([row, view])).not.toContain("very-secret");
    const where = { kind: "function-endpoint", subject: workspace.id };
    expect(await database().configChange.count({ where })).toBe(2);
  });

  it("is where the workspace's functions are called, signed", async () => {
    await workspaceFunctions(http).invoke({
      workspaceId: workspace.id,
      functionName: "hello",
      qualifier: null,
      region: null,
      payload: Buffer.from("{}"),
      invocationType: "RequestResponse",
      headers: [],
      wantsLog: false,
      timeoutMs: 5_000,
      owner: { cancel: null },
    });
    expect(functions.seen.at(-1)?.headers.authorization).toContain("AKIDEXAMPLE");
  });

  it("has the session token of temporary credentials, which comes and stays with their secret", async () => {
    const temporary = { ...signed, url: functions.url, accessKeyId: "ASIAEXAMPLE" };
    const sessionToken = "token-of-the-session";
    const without = setFunctionEndpoint(workspace.owner, { ...temporary, secretAccessKey: "s" });
    await expect(without).rejects.toMatchObject({ code: "INVALID", fieldPath: "sessionToken" });
    await setFunctionEndpoint(workspace.owner, { ...temporary, secretAccessKey: "s", sessionToken });
    await setFunctionEndpoint(workspace.owner, { ...temporary, region: "eu-west-2" });
    const alone = setFunctionEndpoint(workspace.owner, { ...temporary, sessionToken });
    await expect(alone).rejects.toMatchObject({ code: "INVALID", fieldPath: "secretAccessKey" });
    const probe = { ...temporary, functionName: "hello", payload: "{}" };
    functions.play = ({ event }) => ({ returns: event });
    await testFunctionEndpoint(workspace.owner, probe, http);
    expect(functions.seen.at(-1)?.headers["x-amz-security-token"]).toBe(sessionToken);
    const row = await database().functionEndpoint.findUniqueOrThrow({ where: { workspaceId: workspace.id } });
    expect(JSON.stringify(row)).not.toContain(sessionToken);
    await setFunctionEndpoint(workspace.owner, { ...signed, url: functions.url, secretAccessKey: "s" });
  });

  it("can be tried before it is saved: with a function, without one, and where nobody listens", async () => {
    const probe = { ...signed, url: functions.url, functionName: null, payload: "" };
    functions.play = () => ({ status: 404, returns: { Message: "Function not found" } });
    expect(await testFunctionEndpoint(workspace.owner, probe, http)).toMatchObject({
      isReached: true,
      status: 404,
    });
    functions.play = () => ({ status: 403, returns: { Message: "no" } });
    expect(await testFunctionEndpoint(workspace.owner, probe, http)).toMatchObject({ isReached: false });
    functions.play = ({ event }) => ({ returns: event, log: "START" });
    const run = { ...probe, functionName: "hello", payload: '{"a":1}' };
    expect(await testFunctionEndpoint(workspace.owner, run, http)).toMatchObject({
      isReached: true,
      message: "The function ran",
      payload: '{"a":1}',
      log: "START",
    });
    const gone = fakePorts().upstream;
    const failed = await testFunctionEndpoint(workspace.owner, probe, gone);
    expect(failed).toMatchObject({ isReached: false, status: null });
    expect(failed.message).toMatch(/^No answer/);
  });

  it.each([
    ["AWS without a key", { url: "", accessKeyId: "" }, "accessKeyId"],
    ["another key without its secret", { accessKeyId: "OTHER" }, "secretAccessKey"],
    ["an address that is none", { url: "ftp://x" }, "url"],
  ])("refuses %s", async (_, change, fieldPath) => {
    const input = { ...signed, ...change };
    await expect(setFunctionEndpoint(workspace.owner, input)).rejects.toMatchObject({
      code: "INVALID",
      fieldPath,
    });
  });

  it("is the owner's to change, and can be taken away", async () => {
    await expect(setFunctionEndpoint(workspace.actor("viewer"), signed)).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    await removeFunctionEndpoint(workspace.owner);
    await removeFunctionEndpoint(workspace.owner);
    expect(await getFunctionEndpoint(workspace.owner)).toBeNull();
  });
});
