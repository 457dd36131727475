import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { expect, test } from "@playwright/test";
import { stack } from "../fixtures/stack";

const run = promisify(execFile);
const cli = path.resolve(import.meta.dirname, "../../bin/gatehouse.mjs");

/** The command line on the machine of the instance: it finds address and token in the data folder. */
async function gatehouse(...args: string[]) {
  const env = { ...process.env, GATEHOUSE_DATA_DIR: stack.dataDir };
  const { stdout } = await run(process.execPath, [cli, ...args, "--json"], { env });
  return JSON.parse(stdout);
}

test("the sample API answers with its key, and refuses without", async ({ request }) => {
  const url = stack.welcome.match(/curl .* (http:\S+)/)?.[1] ?? "";
  const answer = await request.get(url, { headers: { "x-api-key": stack.sampleKey } });
  expect(answer.status()).toBe(200);
  expect(Array.isArray(await answer.json())).toBe(true);
  const refused = await request.get(url);
  expect(refused.status()).toBe(403);
  expect(await refused.text()).toContain("Forbidden");
});

test("the command line works on the sample without signing in", async () => {
  const apis = await gatehouse("apis", "list");
  expect(apis.map((api: { name: string }) => api.name)).toContain("Pet store");
  const deployed = await gatehouse("deploy", "Pet store", "--stage", "cli");
  expect(deployed.gateways).toEqual({ nodes: 1, applied: 1 });
  const { value, key } = await gatehouse("keys", "create", "made by the command line", "--plan", "Free");
  expect(value.length).toBeGreaterThanOrEqual(20);
  expect((await gatehouse("keys", "revoke", key.id)).enabled).toBe(false);
  const exported = await gatehouse("export", "Pet store");
  expect(JSON.parse(exported.content).openapi).toMatch(/^3\.0/);
});
