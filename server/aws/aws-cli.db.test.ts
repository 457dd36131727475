import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import pino from "pino";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startGatewayNode } from "@/server/dataplane/gateway-node";
import { createAccessKey } from "@/server/services/access-key/create-key";
import { startAwsEndpoint } from "@/server/testing/aws-endpoint";
import { createTestWorkspace, type TestWorkspace } from "@/server/testing/test-workspace";

const run = promisify(execFile);

/** `aws --version` of the AWS CLI, or null where it is not installed (Debian: apt-get install awscli). */
function cliVersion(): string | null {
  try {
    return execFileSync("aws", ["--version"], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim();
  } catch {
    return null;
  }
}
const version = cliVersion();
const title = version ?? "skipped: the AWS CLI is not installed";

let workspace: TestWorkspace;
let endpoint: Awaited<ReturnType<typeof startAwsEndpoint>>;
let environment: NodeJS.ProcessEnv;

beforeAll(async () => {
  if (version === null) return;
  workspace = await createTestWorkspace();
  endpoint = await startAwsEndpoint();
  const key = await createAccessKey(workspace.owner, { name: "CLI", role: "developer" });
  environment = {
    ...process.env,
    AWS_ACCESS_KEY_ID: key.accessKeyId,
    AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
    AWS_DEFAULT_REGION: "eu-central-1",
    AWS_DEFAULT_OUTPUT: "json",
    AWS_PAGER: "",
    AWS_MAX_ATTEMPTS: "1",
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
  };
});

afterAll(() => endpoint?.stop());

/** `aws apigateway <args>`, parsed; undefined if it prints nothing. */
async function aws(...args: string[]) {
  const { stdout } = await run("aws", ["--endpoint-url", endpoint.url, "apigateway", ...args], {
    env: environment,
  });
  return stdout.trim() === "" ? undefined : JSON.parse(stdout);
}

it.skipIf(version === null)(
  `the AWS CLI builds an API, deploys it, calls it and deletes it (${title})`,
  async () => {
    const api = await aws("create-rest-api", "--name", "From the CLI");
    const inApi = ["--rest-api-id", api.id as string];
    const resource = await aws(
      "create-resource",
      ...inApi,
      "--parent-id",
      api.rootResourceId,
      "--path-part",
      "hi",
    );
    const inMethod = [...inApi, "--resource-id", resource.id as string, "--http-method", "GET"];
    await aws("put-method", ...inMethod, "--authorization-type", "NONE");
    await aws("put-method-response", ...inMethod, "--status-code", "200");
    const requestTemplates = JSON.stringify({ "application/json": '{"statusCode": 200}' });
    await aws("put-integration", ...inMethod, "--type", "MOCK", "--request-templates", requestTemplates);
    const responseTemplates = JSON.stringify({ "application/json": '{"hi":"$input.params("name")"}' });
    await aws(
      "put-integration-response",
      ...inMethod,
      ...["--status-code", "200", "--response-templates", responseTemplates],
    );
    await aws("create-deployment", ...inApi, "--stage-name", "prod");

    const dataDir = mkdtempSync(path.join(tmpdir(), "gatehouse-cli-"));
    const node = await startGatewayNode({
      databaseUrl: process.env.DATABASE_URL,
      host: "127.0.0.1",
      port: 0,
      dataDir,
      log: pino({ level: "silent" }),
    });
    try {
      const call = () => fetch(`http://127.0.0.1:${node.port}/${api.id}/prod/hi?name=you`);
      expect(await (await call()).json()).toEqual({ hi: "you" });
      const { items } = await aws("get-resources", ...inApi);
      expect(items.map((item: { path: string }) => item.path).sort()).toEqual(["/", "/hi"]);
      await aws("delete-rest-api", ...inApi);
      await expect.poll(async () => (await call()).status).toBe(403);
    } finally {
      await node.stop();
      rmSync(dataDir, { recursive: true, force: true });
    }
    await expect(aws("get-rest-api", ...inApi)).rejects.toThrow(/NotFoundException.*Invalid API identifier/);
  },
  120_000,
);
