import type { Command } from "commander";
import { CliError } from "@/server/cli/cli-error";
import { connect } from "@/server/cli/connection";
import { type Created, deployedText, waitUntilLive } from "@/server/cli/deploy-api";
import { findApi } from "@/server/cli/find-api";
import { collect, show, type Terminal } from "@/server/cli/terminal";

type Options = {
  from: string;
  to: string;
  copyVariable?: string[];
  copyMissing?: boolean;
  copySettings?: boolean;
  failOnWarnings?: boolean;
  dryRun?: boolean;
  json?: boolean;
};

export type Preview = {
  source: { deploymentId: string; number: number };
  target: { deploymentId: string; number: number } | null;
  changes: { kind: "added" | "removed" | "changed"; summary: string; path: string; breaking: boolean }[];
  problems: { severity: "error" | "warning"; message: string }[];
  variables: { name: string; source: string | null; target: string | null; state: string }[];
  settings: { id: string; label: string; source: string; target: string }[];
  canary: { number: number; percentTraffic: number } | null;
  use: { plans: { name: string }[]; keys: number; requests: number };
};

export function addPromoteCommand(program: Command, terminal: Terminal) {
  program
    .command("promote")
    .description("give a stage the deployment that another stage serves; `--dry-run` shows what would change")
    .argument("<api>", "id or name")
    .requiredOption("--from <stage>", "the stage whose deployment it is, such as dev")
    .requiredOption("--to <stage>", "the stage that gets it, such as prod; made when it is new")
    .option("--copy-variable <name>", "take this variable over too; may be given several times", collect)
    .option("--copy-missing", "take over every variable that the target does not have")
    .option("--copy-settings", "take over every setting that differs (throttling, logging, cache)")
    .option("--fail-on-warnings", "change nothing when there are warnings, such as of a missing variable")
    .option("--dry-run", "only show what would change")
    .option("--json", "print the result as JSON")
    .action((idOrName: string, options: Options) => promote(terminal, idOrName, options));
}

async function promote(terminal: Terminal, idOrName: string, options: Options): Promise<void> {
  const client = connect(terminal);
  const { id: apiId } = await findApi(client, idOrName);
  const way = { apiId, from: options.from, to: options.to };
  const look = (copyVariables: string[]) =>
    client.query<Preview>("stage.previewPromotion", { ...way, copyVariables });
  const named = options.copyVariable ?? [];
  const { variables } = await look(named);
  const missing = variables.filter(({ state }) => state === "missing").map(({ name }) => name);
  const copyVariables = options.copyMissing ? [...new Set([...named, ...missing])] : named;
  const preview = await look(copyVariables);
  const warnings = preview.problems.map(({ severity, message }) => `${severity}: ${message}`);
  const text = previewText(way, preview, copyVariables);
  if (options.dryRun)
    return show(terminal, { json: options.json, value: preview, text: [text, ...warnings].join("\n") });
  for (const warning of warnings) terminal.stderr.write(`${warning}\n`);
  if (options.failOnWarnings && warnings.length > 0) throw new CliError("Nothing was changed");
  const { configChangeId, ...promoted } = await client.mutate<Created>("stage.promote", {
    ...way,
    copyVariables,
    copySettings: options.copySettings ? preview.settings.map(({ id }) => id) : [],
    expected: { source: preview.source.deploymentId, target: preview.target?.deploymentId ?? null },
  });
  const deployed = { ...promoted, gateways: await waitUntilLive(client, configChangeId) };
  show(terminal, {
    json: options.json,
    value: { apiId, ...deployed },
    text: `${text}\n${deployedText(deployed, `Promoted #${deployed.number} from ${options.from}`)}`,
  });
}

const MARKS = { added: "+", removed: "-", changed: "~" } as const;

function previewText(way: { from: string; to: string }, preview: Preview, copied: readonly string[]): string {
  const { source, target, changes, settings, canary, use } = preview;
  const serves = target ? `serves #${target.number}` : "is new";
  const open = preview.variables.filter(({ name, state }) => state !== "same" && !copied.includes(name));
  return [
    `#${source.number} of ${way.from} to ${way.to}, which ${serves}: ${changes.length} changes`,
    ...changes.map((c) => `  ${MARKS[c.kind]} ${c.summary}${c.breaking ? " (may break callers)" : ""}`),
    ...copied.map((name) => `  variable ${name}: taken over`),
    ...open.map(
      (v) => `  variable ${v.name}: ${shown(v.source)} on ${way.from}, ${shown(v.target)} on ${way.to}`,
    ),
    ...settings.map((s) => `  ${s.label}: ${s.source} on ${way.from}, ${s.target} on ${way.to}`),
    ...(canary ? [`  the canary #${canary.number} at ${canary.percentTraffic} % ends`] : []),
    `  ${use.plans.length} usage plans, ${use.keys} keys, ${use.requests} requests in the last hour`,
  ].join("\n");
}

const shown = (value: string | null) => (value === null ? "not set" : JSON.stringify(value));
