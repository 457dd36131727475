import { existsSync } from "node:fs";
import path from "node:path";
import type { Command } from "commander";
import { CliError, EXIT_CODES } from "@/server/cli/cli-error";
import { renderBatch } from "@/server/cli/render-batch";
import { collect, parsePairs, readSource, show, type Terminal } from "@/server/cli/terminal";
import { traceTable } from "@/server/cli/trace-table";
import {
  compileTemplate,
  contextFromRecord,
  type RenderBindings,
  renderTraced,
  VtlError,
  type VtlInput,
} from "@/server/vtl";

type Options = {
  batch?: boolean;
  input?: string;
  header: string[];
  query: string[];
  path: string[];
  context?: string;
  stageVariables?: string;
  json?: boolean;
  trace?: boolean;
};

export function addRenderCommand(program: Command, terminal: Terminal) {
  program
    .command("render")
    .description("render a mapping template with the gateway's own engine; needs no running Gatehouse")
    .argument("[template]", "the template's file; - reads standard input")
    .option("--input <json>", "the body that the template sees as $input: JSON in place, or a file")
    .option("--header <name:value>", "a request header; may be given several times", collect, [])
    .option("--query <name=value>", "a query parameter; may be given several times", collect, [])
    .option("--path <name=value>", "a path parameter; may be given several times", collect, [])
    .option("--context <json>", "members of $context: JSON in place, or a file")
    .option("--stage-variables <json>", "members of $stageVariables: JSON in place, or a file")
    .option("--batch", "render the cases on standard input, one JSON object a line, one result line for each")
    .option("--trace", "print every step: where, what, its value, what it wrote and where that came from")
    .option("--json", "print output and overrides, or the error, as JSON; with --trace the trace too")
    .addHelpText(
      "after",
      `
A case of --batch: {"id", "template", "input": {"body", "headers", "query", "path"}, "context", "stageVariables"}
Its result:        {"id", "output", "overrides"?} or {"id", "error": {"kind", "message", "line", "column"}}`,
    )
    .action(async (template: string | undefined, options: Options) => {
      if (options.batch && options.trace)
        throw new CliError("--trace is for one template, not for --batch", EXIT_CODES.usage);
      if (options.batch) return renderBatch(terminal.stdin, terminal.stdout);
      if (!template) throw new CliError("Name the template's file, or use --batch", EXIT_CODES.usage);
      await renderOne(terminal, template, options);
    });
}

async function renderOne(terminal: Terminal, file: string, options: Options) {
  const source = await readSource(terminal, file);
  const bindings = {
    input: await readInput(terminal, options),
    context: contextFromRecord(await readRecord(terminal, "--context", options.context)),
    stageVariables: (await readRecord(terminal, "--stage-variables", options.stageVariables)) as Record<
      string,
      string
    >,
  };
  const name = file === "-" ? "template" : file;
  if (options.trace) return showTrace(terminal, { source, name, bindings, json: options.json });
  try {
    const result = compileTemplate(source, { name }).render(bindings, { nowMs: () => performance.now() });
    if (options.json) show(terminal, { json: true, value: result, text: "" });
    else terminal.stdout.write(result.output);
  } catch (error) {
    if (!(error instanceof VtlError)) throw error;
    if (options.json) show(terminal, { json: true, value: { error: errorParts(error) }, text: "" });
    throw new CliError(error.formatted(source));
  }
}

const errorParts = ({ kind, message, line, column }: VtlError) => ({ kind, message, line, column });

/** The trace, then the output; for a template that fails both up to the failure. */
function showTrace(
  terminal: Terminal,
  call: { source: string; name: string; bindings: RenderBindings; json: boolean | undefined },
) {
  const { source, name, bindings, json } = call;
  const result = renderTraced(source, bindings, { name, limits: { nowMs: () => performance.now() } });
  const { output, overrides, error, trace } = result;
  const value = error === null ? { output, overrides, trace } : { error: errorParts(error), output, trace };
  const isEmpty = trace.steps.length === 0;
  const text = isEmpty ? output : `${traceTable(result)}\n\n${output}`;
  show(terminal, { ...(json ? { json } : {}), value, text });
  if (error !== null) throw new CliError(error.formatted(source));
}

async function readInput(terminal: Terminal, options: Options): Promise<VtlInput> {
  return {
    body: options.input === undefined ? null : await readJsonText(terminal, options.input),
    headers: parsePairs("--header", options.header, ":"),
    query: parsePairs("--query", options.query, "="),
    path: parsePairs("--path", options.path, "="),
  };
}

async function readRecord(
  terminal: Terminal,
  option: string,
  value?: string,
): Promise<Record<string, unknown>> {
  if (value === undefined) return {};
  const text = await readJsonText(terminal, value);
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new CliError(`${option} is neither a file nor JSON: ${(error as Error).message}`, EXIT_CODES.usage);
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    throw new CliError(`${option} must be a JSON object`, EXIT_CODES.usage);
  }
  return parsed as Record<string, unknown>;
}

/** The text of the file of that name, else the value itself, which is left as it is: a body need not be valid JSON. */
async function readJsonText(terminal: Terminal, value: string): Promise<string> {
  const isFile = value === "-" || (value.length < 4096 && existsSync(path.resolve(terminal.cwd, value)));
  return value !== "" && isFile ? readSource(terminal, value) : value;
}
