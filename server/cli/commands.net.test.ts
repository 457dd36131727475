import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { Readable, Writable } from "node:stream";
import { initTRPC, TRPCError } from "@trpc/server";
import { createHTTPHandler } from "@trpc/server/adapters/standalone";
import superjson from "superjson";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { runCli } from "@/server/cli/program";
import { findFreePort } from "@/server/launcher/ports";

// A console of a few procedures: it speaks the real protocol and remembers what it was asked.
const asked: { procedure: string; input: unknown }[] = [];
const t = initTRPC.context<{ token?: string }>().create({
  transformer: superjson,
  errorFormatter: ({ shape, error }) => ({
    ...shape,
    data: {
      ...shape.data,
      service: { code: "INVALID", details: (error.cause as { details?: unknown })?.details },
    },
  }),
});
const procedure = t.procedure.use(async ({ ctx, path: name, getRawInput, next }) => {
  if (ctx.token !== "Bearer secret-token")
    throw new TRPCError({ code: "UNAUTHORIZED", message: "Sign in first" });
  asked.push({ procedure: name, input: await getRawInput() });
  return next();
});
const any = procedure.input(z.any());
const api = {
  id: "abcdefghij",
  name: "Pets",
  description: "",
  revision: 7,
  resourceCount: 2,
  methodCount: 3,
};
const stages = [{ name: "dev", deploymentNumber: 4, inSync: false }];
let gatewayUrl = "";
const router = t.router({
  session: t.router({ me: any.query(() => ({ gatewayUrl })) }),
  api: t.router({
    list: any.query(() => [{ ...api, stages }]),
    import: any.mutation(({ input }) => {
      if (input.source.includes("broken")) {
        const cause = Object.assign(new Error(), { details: { line: 3, column: 5 } });
        throw new TRPCError({ code: "BAD_REQUEST", message: "paths must be an object", cause });
      }
      const report = [{ outcome: "dropped", path: "/x", line: 9, message: "callbacks are not supported" }];
      return { apiId: api.id, revision: 1, report };
    }),
    edit: any.mutation(() => ({ revision: 2, draftHash: "" })),
    export: any.query(() => ({ filename: "pets.json", content: "{}" })),
  }),
  deployment: t.router({
    create: any.mutation(({ input }) => ({
      deploymentId: "dep123",
      number: 5,
      stageName: input.stageName,
      invokeUrl: `${gatewayUrl}/${api.id}/${input.stageName}`,
      configChangeId: "12",
    })),
    applied: any.query(({ input }) => ({ nodes: 1, applied: input.configChangeId === "12" ? 1 : 0 })),
  }),
  stage: t.router({
    previewPromotion: any.query(({ input }) => {
      const isFilled = input.copyVariables.includes("backend");
      const warning = { severity: "warning", message: "The stage has no variable backend: it is empty" };
      return {
        source: { deploymentId: "dep2", number: 2 },
        target: { deploymentId: "dep1", number: 1 },
        changes: [{ kind: "added", path: "/cats", summary: "GET /cats is new", breaking: false }],
        problems: isFilled ? [] : [warning],
        variables: [
          { name: "backend", source: "dev.test", target: null, state: "missing" },
          { name: "tier", source: "dev", target: "prod", state: "different" },
        ],
        settings: [{ id: "tracingEnabled", label: "Tracing", source: "on", target: "off" }],
        canary: null,
        use: { plans: [{ name: "Gold" }], keys: 3, requests: 9 },
      };
    }),
    promote: any.mutation(({ input }) => ({
      deploymentId: "dep2",
      number: 2,
      stageName: input.to,
      invokeUrl: `${gatewayUrl}/${api.id}/${input.to}`,
      configChangeId: "12",
    })),
  }),
  usagePlan: t.router({ list: any.query(() => [{ id: "plan01", name: "Free" }]) }),
  apiKey: t.router({
    create: any.mutation(({ input }) => ({ key: { id: "key001", name: input.name }, value: "v".repeat(40) })),
    list: any.query(({ input }) => {
      const key = (id: string, name: string) => ({
        id,
        name,
        enabled: true,
        valueHint: "abcd",
        plans: [],
        usedToday: 0,
      });
      return input.cursor
        ? { items: [key("key002", "second")], nextCursor: null }
        : { items: [key("key001", "first")], nextCursor: "more" };
    }),
    revoke: any.mutation(() => null),
  }),
  test: t.router({
    invoke: any.mutation(() => ({ status: 200, headers: [], body: "draft", latencyMs: 1, log: [] })),
  }),
});

let console_: http.Server;
let gateway: http.Server;
let consoleUrl: string;
let dataDir: string;

beforeAll(async () => {
  const handler = createHTTPHandler({
    router,
    basePath: "/api/trpc/",
    createContext: ({ req }) => ({ token: req.headers.authorization }),
  });
  console_ = http.createServer(handler).listen(0, "127.0.0.1");
  gateway = http
    .createServer(async (request, response) => {
      let body = "";
      for await (const chunk of request) body += chunk;
      response.statusCode = request.url?.includes("missing") ? 404 : 200;
      response.end(
        JSON.stringify({ method: request.method, url: request.url, key: request.headers["x-api-key"], body }),
      );
    })
    .listen(0, "127.0.0.1");
  await Promise.all(
    [console_, gateway].map((server) => new Promise((resolve) => server.once("listening", resolve))),
  );
  consoleUrl = `http://127.0.0.1:${(console_.address() as AddressInfo).port}`;
  gatewayUrl = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`;
  dataDir = mkdtempSync(path.join(os.tmpdir(), "gatehouse-cli-"));
  writeFileSync(path.join(dataDir, "cli-token"), "secret-token\n");
  writeFileSync(path.join(dataDir, "instance.json"), JSON.stringify({ consoleUrl, gatewayUrl }));
});
afterAll(() => {
  console_.close();
  gateway.close();
  rmSync(dataDir, { recursive: true });
});
beforeEach(() => {
  asked.length = 0;
});

async function run(
  argv: string[],
  { stdin = "", env = {} }: { stdin?: string; env?: Record<string, string> } = {},
) {
  const written = { stdout: "", stderr: "" };
  const sink = (name: "stdout" | "stderr") =>
    new Writable({
      write(chunk, _encoding, done) {
        written[name] += chunk;
        done();
      },
    });
  const code = await runCli(argv, {
    stdin: Readable.from([Buffer.from(stdin)]),
    stdout: sink("stdout"),
    stderr: sink("stderr"),
    env: { GATEHOUSE_DATA_DIR: dataDir, ...env },
    cwd: dataDir,
  });
  return { code, ...written };
}

describe("commands that talk to the console", () => {
  it("import, name and deploy in one go, and tell what was dropped with its line", async () => {
    const { code, stdout } = await run(["import", "-", "--name", "Cats", "--stage", "dev"], {
      stdin: "openapi: 3.0.0",
    });
    expect(code).toBe(0);
    expect(stdout).toContain("-:9: dropped: callbacks are not supported");
    expect(stdout).toContain("Deployed #5 to dev (live on 1 of 1 gateways)");
    expect(asked.map(({ procedure: name }) => name)).toEqual([
      "api.import",
      "api.edit",
      "deployment.create",
      "deployment.applied",
    ]);
    expect(asked[2]?.input).toMatchObject({ apiId: api.id, stageName: "dev", revision: 2 });
  });

  it("point at line and column of a document that cannot be imported, and end with 1", async () => {
    writeFileSync(path.join(dataDir, "broken.yaml"), "broken");
    const { code, stderr } = await run(["import", "broken.yaml"]);
    expect([code, stderr]).toEqual([1, "broken.yaml:3:5: paths must be an object\n"]);
  });

  it("deploy the revision that the API has now, by id or name", async () => {
    const { code, stdout } = await run(["deploy", "Pets", "--stage", "prod", "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      apiId: api.id,
      number: 5,
      gateways: { nodes: 1, applied: 1 },
    });
    expect(asked[1]?.input).toMatchObject({ stageName: "prod", revision: 7 });
    expect((await run(["deploy", "Dogs", "--stage", "prod"])).code).toBe(1);
  });

  it("promote what a stage serves to another, with what is missing there, and show it first", async () => {
    const way = ["promote", "Pets", "--from", "dev", "--to", "prod"];
    const dry = await run([...way, "--dry-run"]);
    expect(dry.code).toBe(0);
    expect(dry.stdout).toContain("#2 of dev to prod, which serves #1: 1 changes\n  + GET /cats is new");
    expect(dry.stdout).toContain('variable backend: "dev.test" on dev, not set on prod');
    expect(dry.stdout).toContain("1 usage plans, 3 keys, 9 requests in the last hour");
    expect((await run([...way, "--fail-on-warnings"])).code).toBe(1);
    expect(asked.some(({ procedure: name }) => name === "stage.promote")).toBe(false);
    const done = await run([...way, "--copy-missing", "--copy-settings", "--fail-on-warnings"]);
    expect([done.code, done.stderr]).toEqual([0, ""]);
    expect(done.stdout).toContain("Promoted #2 from dev to prod (live on 1 of 1 gateways)");
    expect(asked.find(({ procedure: name }) => name === "stage.promote")?.input).toEqual({
      apiId: api.id,
      from: "dev",
      to: "prod",
      copyVariables: ["backend"],
      copySettings: ["tracingEnabled"],
      expected: { source: "dep2", target: "dep1" },
    });
  });

  it("create a key in a plan named by its name, list all pages, and revoke by name", async () => {
    const created = await run(["keys", "create", "ci", "--plan", "Free"]);
    expect(created.stdout).toContain("v".repeat(40));
    expect(asked.at(-1)?.input).toMatchObject({ name: "ci", planIds: ["plan01"] });
    expect((await run(["keys", "create", "ci", "--plan", "Gold"])).stderr).toContain('no usage plan "Gold"');
    expect(JSON.parse((await run(["keys", "list", "--json"])).stdout)).toHaveLength(2);
    expect((await run(["keys", "revoke", "second"])).code).toBe(0);
    expect(asked.at(-1)).toMatchObject({ procedure: "apiKey.revoke", input: { keyId: "key002" } });
  });

  it("list APIs, with a mark where the draft has moved on", async () => {
    expect((await run(["apis", "list"])).stdout).toMatch(/abcdefghij +Pets +3 +dev #4\*/);
  });

  it("export to standard output or a file", async () => {
    expect((await run(["export", "Pets"])).stdout).toBe("{}\n");
    expect(asked.at(-1)?.input).toMatchObject({ extensions: true });
    await run(["export", "Pets", "--no-extensions"]);
    expect(asked.at(-1)?.input).toMatchObject({ extensions: false });
    await run(["export", "Pets", "--extensions", "integrations, authorizers"]);
    expect(asked.at(-1)?.input).toMatchObject({ extensions: ["integrations", "authorizers"] });
    await run(["export", "Pets", "--output", "out.json"]);
    expect(readFileSync(path.join(dataDir, "out.json"), "utf8")).toBe("{}");
  });

  it("invoke the only stage through the gateway with method, headers and body, or the draft", async () => {
    const { code, stdout } = await run([
      "invoke",
      "Pets",
      "get",
      "/pets?type=dog",
      "--header",
      "x-api-key: k",
      "--body",
      "hello",
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      method: "GET",
      url: `/${api.id}/dev/pets?type=dog`,
      key: "k",
      body: "hello",
    });
    expect((await run(["invoke", "Pets", "GET", "/pets", "--draft"])).stdout).toBe("draft\n");
    expect((await run(["invoke", "Pets", "GET", "/missing"])).code).toBe(0);
    expect((await run(["invoke", "Pets", "GET", "/missing", "--fail"])).code).toBe(1);
  });
});

describe("whom the command line talks to", () => {
  it("ends with 3 when nothing answers, and when the token is refused", async () => {
    const url = `http://127.0.0.1:${await findFreePort()}`;
    const silent = await run(["apis"], { env: { GATEHOUSE_URL: url, GATEHOUSE_TOKEN: "t" } });
    expect(silent.code).toBe(3);
    expect(silent.stderr).toContain(`does not answer at ${url} (ECONNREFUSED)`);
    expect((await run(["apis"], { env: { GATEHOUSE_TOKEN: "wrong" } })).code).toBe(3);
  });

  it("never sends the local token to an address that GATEHOUSE_URL names", async () => {
    const { code, stderr } = await run(["apis"], { env: { GATEHOUSE_URL: gatewayUrl } });
    expect(code).toBe(3);
    expect(stderr).toContain("Set GATEHOUSE_TOKEN");
  });

  it("says so when the address is no Gatehouse console", async () => {
    const { code, stderr } = await run(["apis"], {
      env: { GATEHOUSE_URL: gatewayUrl, GATEHOUSE_TOKEN: "t" },
    });
    expect([code, stderr]).toEqual([3, `${gatewayUrl} is not a Gatehouse console (status 200)\n`]);
  });
});
