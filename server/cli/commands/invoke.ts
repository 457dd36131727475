import http from "node:http";
import https from "node:https";
import type { Command } from "commander";
import { CliError, EXIT_CODES } from "@/server/cli/cli-error";
import { connect } from "@/server/cli/connection";
import type { ConsoleClient } from "@/server/cli/console-client";
import { findApi } from "@/server/cli/find-api";
import { collect, parsePairs, readTextOption, show, type Terminal } from "@/server/cli/terminal";

type Options = {
  stage?: string;
  draft?: boolean;
  header: string[];
  body?: string;
  include?: boolean;
  fail?: boolean;
  json?: boolean;
};
export type Answer = {
  status: number;
  headers: [string, string][];
  body: string;
  latencyMs: number;
  log?: string[];
};
export type DraftRequest = {
  httpMethod: string;
  pathWithQueryString: string;
  headers: Record<string, string>;
  body?: string;
};
type Call = { method: string; path: string; headers: Record<string, string>; body?: string };

export function addInvokeCommand(program: Command, terminal: Terminal) {
  program
    .command("invoke")
    .description("send a request to a stage through the gateway, or to the draft as the console's Test does")
    .argument("<api>", "id or name")
    .argument("<method>", "GET, POST …")
    .argument("<path>", "path with query, such as /pets?type=dog")
    .option("--stage <name>", "the stage to call (the only one when there is just one)")
    .option("--draft", "run the saved draft instead of a stage")
    .option("--header <name:value>", "a header; may be given several times", collect, [])
    .option("--body <text>", "the body; @file reads a file, - standard input")
    .option("--include", "show status and headers before the body")
    .option("--fail", "exit with 1 when the status is 400 or more")
    .option("--json", "print status, headers, body and time as JSON")
    .action(async (...[idOrName, method, path, options]: [string, string, string, Options]) => {
      if (options.draft && options.stage)
        throw new CliError("--draft and --stage exclude each other", EXIT_CODES.usage);
      const client = connect(terminal);
      const api = await findApi(client, idOrName);
      const call: Call = {
        method: method.toUpperCase(),
        path: path.startsWith("/") ? path : `/${path}`,
        headers: parsePairs("--header", options.header, ":"),
        body: options.body === undefined ? undefined : await readTextOption(terminal, options.body),
      };
      const answer = options.draft
        ? await invokeDraft(client, api.id, call)
        : await invokeStage(await stageUrl(client, api, options.stage), call);
      show(terminal, { json: options.json, value: answer, text: answerText(answer, options.include) });
      if (options.fail && answer.status >= 400)
        throw new CliError(`${call.method} ${call.path} answered ${answer.status}`);
    });
}

async function stageUrl(
  client: ConsoleClient,
  api: { id: string; name: string; stages: { name: string }[] },
  wanted?: string,
) {
  const names = api.stages.map((stage) => stage.name);
  const stage = wanted ?? (names.length === 1 ? names[0] : undefined);
  if (!stage) {
    throw new CliError(
      names.length === 0
        ? `"${api.name}" is not deployed; use --draft, or \`gatehouse deploy\` first`
        : `Say which stage with --stage (there are: ${names.join(", ")})`,
      names.length === 0 ? EXIT_CODES.failed : EXIT_CODES.usage,
    );
  }
  const { gatewayUrl } = await client.query<{ gatewayUrl: string }>("session.me");
  return `${gatewayUrl}/${api.id}/${stage}`;
}

function invokeDraft(client: ConsoleClient, apiId: string, call: Call): Promise<Answer> {
  const request: DraftRequest = {
    httpMethod: call.method,
    pathWithQueryString: call.path,
    headers: call.headers,
    body: call.body,
  };
  return client.mutate<Answer>("test.invoke", { apiId, request });
}

/** Plain node:http: unlike fetch it sends any method with a body, and the Host header that it is told. */
function invokeStage(base: string, call: Call): Promise<Answer> {
  const url = new URL(base + call.path);
  // Node sends the body of a GET without saying how long it is.
  const length = call.body === undefined ? {} : { "content-length": String(Buffer.byteLength(call.body)) };
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    const request = (url.protocol === "https:" ? https : http).request(
      url,
      { method: call.method, headers: { ...length, ...call.headers } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk) => chunks.push(chunk));
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: pairs(response.rawHeaders),
            body: Buffer.concat(chunks).toString("utf8"),
            latencyMs: Math.round(performance.now() - startedAt),
          }),
        );
      },
    );
    request.on("error", (error: NodeJS.ErrnoException) =>
      reject(
        new CliError(
          `The gateway does not answer at ${url.origin} (${error.code ?? error.message})`,
          EXIT_CODES.notReachable,
        ),
      ),
    );
    request.end(call.body);
  });
}

function pairs(raw: string[]): [string, string][] {
  return Array.from({ length: raw.length / 2 }, (_, index) => [
    raw[index * 2] ?? "",
    raw[index * 2 + 1] ?? "",
  ]);
}

function answerText({ status, headers, body }: Answer, include?: boolean) {
  if (!include) return body;
  return [`${status}`, ...headers.map(([name, value]) => `${name}: ${value}`), "", body].join("\n");
}
