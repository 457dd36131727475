import type { Command } from "commander";
import { connect } from "@/server/cli/connection";
import type { ApiRow } from "@/server/cli/find-api";
import { show, type Terminal, table } from "@/server/cli/terminal";

export function addApisCommand(program: Command, terminal: Terminal) {
  program
    .command("apis")
    .description("show the APIs of the workspace")
    .command("list", { isDefault: true })
    .description("list APIs with their stages; * marks a stage that the draft has moved on from")
    .option("--json", "print the result as JSON")
    .action(async ({ json }: { json?: boolean }) => {
      const apis = await connect(terminal).query<ApiRow[]>("api.list");
      const rows = apis.map((api) => [
        api.id,
        api.name,
        String(api.methodCount),
        api.stages
          .map((stage) => `${stage.name} #${stage.deploymentNumber}${stage.inSync ? "" : "*"}`)
          .join(", ") || "–",
      ]);
      show(terminal, { json, value: apis, text: table(["ID", "NAME", "METHODS", "STAGES"], rows) });
    });
}
