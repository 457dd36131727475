import { writeFileSync } from "node:fs";
import path from "node:path";
import { type Command, Option } from "commander";
import { CliError, EXIT_CODES } from "@/server/cli/cli-error";
import { connect } from "@/server/cli/connection";
import { findApi } from "@/server/cli/find-api";
import type { Terminal } from "@/server/cli/terminal";
import { EXPORT_EXTENSIONS, parseExportExtensions } from "@/server/domain/openapi/export/extension-choice";

type Options = {
  stage?: string;
  format: "oas30" | "swagger" | "cloudformation" | "terraform";
  /** False: none. A text: a list. Absent: all. */
  extensions?: boolean | string;
  yaml?: boolean;
  output?: string;
  json?: boolean;
};
export type Exported = { filename: string; content: string };

export function addExportCommand(program: Command, terminal: Terminal) {
  program
    .command("export")
    .description("print the draft of an API, or what a stage serves, as OpenAPI, CloudFormation or Terraform")
    .argument("<api>", "id or name")
    .option("--stage <name>", "what this stage serves instead of the draft")
    .addOption(
      new Option("--format <format>", "OpenAPI 3.0, Swagger 2.0, or what deploys the API to AWS")
        .choices(["oas30", "swagger", "cloudformation", "terraform"])
        .default("oas30"),
    )
    .option(
      "--extensions <list>",
      `OpenAPI: only these, as AWS's GetExport writes them: ${EXPORT_EXTENSIONS.join(", ")} (default: all)`,
    )
    .option("--no-extensions", "OpenAPI: leave the x-amazon-apigateway extensions out")
    .option("--yaml", "OpenAPI: YAML instead of JSON")
    .option("--output <file>", "write to this file instead of standard output")
    .option("--json", "print {filename, content} as JSON")
    .action(async (idOrName: string, options: Options) => {
      const extensions = extensionsOf(options);
      const client = connect(terminal);
      const api = await findApi(client, idOrName);
      const exported = await client.query<Exported>("api.export", {
        apiId: api.id,
        stageName: options.stage,
        format: options.format,
        extensions,
        syntax: options.yaml ? "yaml" : "json",
      });
      if (options.output) writeOutput(terminal, options.output, exported.content);
      if (options.json) terminal.stdout.write(`${JSON.stringify(exported, null, 2)}\n`);
      else if (!options.output) terminal.stdout.write(exported.content.replace(/\n?$/, "\n"));
    });
}

function extensionsOf({ extensions = true }: Options): boolean | string[] {
  if (typeof extensions === "boolean") return extensions;
  const list = parseExportExtensions(extensions);
  if (!list) {
    const known = EXPORT_EXTENSIONS.join(", ");
    throw new CliError(`--extensions takes a list of ${known}, not ${extensions}`, EXIT_CODES.usage);
  }
  return list;
}

function writeOutput(terminal: Terminal, file: string, content: string) {
  try {
    writeFileSync(path.resolve(terminal.cwd, file), content);
  } catch (error) {
    throw new CliError(`${file} cannot be written: ${(error as Error).message}`);
  }
}
