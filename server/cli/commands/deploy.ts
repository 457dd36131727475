import type { Command } from "commander";
import { connect } from "@/server/cli/connection";
import { deployApi, deployedText } from "@/server/cli/deploy-api";
import { findApi } from "@/server/cli/find-api";
import { show, type Terminal } from "@/server/cli/terminal";

export function addDeployCommand(program: Command, terminal: Terminal) {
  program
    .command("deploy")
    .description("deploy the draft of an API to a stage, which is made when it is new")
    .argument("<api>", "id or name")
    .requiredOption("--stage <name>", "the stage, such as dev or prod")
    .option("--description <text>", "what this deployment is about")
    .option("--json", "print the result as JSON")
    .action(async (idOrName: string, options: { stage: string; description?: string; json?: boolean }) => {
      const client = connect(terminal);
      const api = await findApi(client, idOrName);
      const deployed = await deployApi(client, {
        apiId: api.id,
        stageName: options.stage,
        revision: api.revision,
        description: options.description,
      });
      show(terminal, {
        json: options.json,
        value: { apiId: api.id, ...deployed },
        text: deployedText(deployed),
      });
    });
}
