import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { CaseResult } from "./report";

type VitestFile = {
  assertionResults: { title: string; status: string; failureMessages?: string[] }[];
};
const TEST = "server/gateway/conformance.net.test.ts";

/** The `invoke` cases, played by the engine's own test of them. `areas` tells the area of a case's id. */
export function playInvokeCases(
  root: string,
  folder: string,
  areas: ReadonlyMap<string, string>,
): CaseResult[] {
  const out = mkdtempSync(path.join(tmpdir(), "gatehouse-invoke-"));
  const file = path.join(out, "results.json");
  const vitest = path.join(root, "node_modules/vitest/vitest.mjs");
  const reporters = ["--reporter=json", `--outputFile=${file}`];
  spawnSync(process.execPath, [vitest, "run", "--project", "net", TEST, ...reporters], {
    cwd: root,
    env: { ...process.env, GATEHOUSE_CONFORMANCE: folder },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const { testResults } = JSON.parse(readFileSync(file, "utf8")) as { testResults: VitestFile[] };
  rmSync(out, { recursive: true, force: true });
  const results = testResults.flatMap(({ assertionResults }) => assertionResults);
  return results.map(({ title, status, failureMessages = [] }) => {
    const id = [...areas.keys()].find((one) => title === one || title.startsWith(`${one} (`)) ?? title;
    const differences = status === "passed" ? [] : failureMessages.map(firstLines);
    const isSkipped = status !== "passed" && status !== "failed";
    return {
      id,
      area: areas.get(id) ?? "other",
      differences: isSkipped ? ["not played: the engine cannot do it yet"] : differences,
    };
  });
}

function firstLines(message: string): string {
  const lines = message.split("\n").map((line) => line.trim());
  return lines
    .filter((line) => line !== "" && !line.startsWith("at "))
    .slice(0, 6)
    .join(" ");
}
