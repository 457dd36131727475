import path from "node:path";
import { type Command, Option } from "commander";
import { CliError, EXIT_CODES } from "@/server/cli/cli-error";
import { connect } from "@/server/cli/connection";
import { type ConsoleClient, ConsoleRefusal } from "@/server/cli/console-client";
import { type Deployed, deployApi, deployedText } from "@/server/cli/deploy-api";
import { findApi } from "@/server/cli/find-api";
import { readSource, show, type Terminal } from "@/server/cli/terminal";

type Options = {
  stage?: string;
  name?: string;
  api?: string;
  mode?: "overwrite" | "merge";
  basePath?: "ignore" | "prepend" | "split";
  failOnWarnings?: boolean;
  json?: boolean;
};
type ReportEntry = {
  outcome: "kept" | "translated" | "dropped";
  path: string;
  line: number;
  message: string;
};
export type Imported = { apiId: string; revision: number; report: ReportEntry[] };

export function addImportCommand(program: Command, terminal: Terminal) {
  program
    .command("import")
    .description("import an OpenAPI 3.0 or Swagger 2.0 document (JSON or YAML) as a new API or into one")
    .argument("<openapi>", "the document; - reads standard input")
    .option("--stage <name>", "deploy the imported API to this stage")
    .option("--name <name>", "name of the new API instead of the document's title")
    .option("--api <id-or-name>", "import into this API instead of making a new one")
    .addOption(
      new Option("--mode <mode>", "what happens to what the API has already").choices(["overwrite", "merge"]),
    )
    .addOption(
      new Option("--base-path <mode>", "what becomes of the document's base path").choices([
        "ignore",
        "prepend",
        "split",
      ]),
    )
    .option("--fail-on-warnings", "import nothing when AWS would warn")
    .option("--json", "print the result as JSON")
    .action(async (file: string, options: Options) => {
      if (options.mode && !options.api)
        throw new CliError("--mode needs --api, the API to import into", EXIT_CODES.usage);
      const client = connect(terminal);
      const source = await readSource(terminal, file);
      const imported = await importSource({ client, source, file, options });
      const deployed = options.stage
        ? await deployApi(client, {
            apiId: imported.apiId,
            stageName: options.stage,
            revision: imported.revision,
          })
        : undefined;
      const value = { ...imported, deployment: deployed };
      show(terminal, { json: options.json, value, text: importedText(file, imported, deployed) });
    });
}

async function importSource(input: {
  client: ConsoleClient;
  source: string;
  file: string;
  options: Options;
}): Promise<Imported> {
  const { client, source, file, options } = input;
  const target = options.api
    ? { apiId: (await findApi(client, options.api)).id, mode: options.mode ?? "overwrite" }
    : undefined;
  try {
    const filename = file === "-" ? undefined : path.basename(file);
    const { basePath, failOnWarnings } = options;
    const input = { source, filename, target, basePath, failOnWarnings };
    const imported = await client.mutate<Imported>("api.import", input);
    return options.name ? await rename(client, imported, options.name) : imported;
  } catch (error) {
    if (!(error instanceof ConsoleRefusal)) throw error;
    const { line, column } = error.failure.details;
    throw line ? new CliError(`${file}:${line}${column ? `:${column}` : ""}: ${error.message}`) : error;
  }
}

async function rename(
  client: ConsoleClient,
  { apiId, revision, report }: Imported,
  name: string,
): Promise<Imported> {
  const edited = await client.mutate<{ revision: number }>("api.edit", {
    apiId,
    revision,
    edits: [{ name: "update-api", input: { changes: { name } } }],
  });
  return { apiId, revision: edited.revision, report };
}

function importedText(file: string, { apiId, report }: Imported, deployed: Deployed | undefined) {
  const count = (outcome: ReportEntry["outcome"]) =>
    report.filter((entry) => entry.outcome === outcome).length;
  const told = report
    .filter((entry) => entry.outcome !== "kept")
    .map((entry) => `${file}:${entry.line}: ${entry.outcome}: ${entry.message}`);
  return [
    `Imported ${apiId}: ${count("kept")} kept, ${count("translated")} translated, ${count("dropped")} dropped`,
    ...told,
    ...(deployed ? [deployedText(deployed)] : []),
  ].join("\n");
}
