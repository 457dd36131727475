// The reference renderer on the JVM (Velocity 1.7 and Jayway), which is no part of this project: the folder named by
// GATEHOUSE_VTL_ORACLE holds its `run.sh`. Its own bench measures it; each call is a JVM of its own, warmed up first.
import { spawn } from "node:child_process";
import path from "node:path";
import { pinned, SERVER_CORE } from "../processes.mjs";

const folder = process.env.GATEHOUSE_VTL_ORACLE;
export const available = Boolean(folder);

/** One run over all templates: a map from id to `{output, rps}`, rps the median of `runs` runs. */
export async function runReference(file, { warmUpSeconds, runs, seconds }) {
  const script = path.join(path.resolve(folder), "run.sh");
  const jsonPath = process.env.GATEHOUSE_VTL_ORACLE_JSONPATH ?? "debian";
  const settings = ["bench", path.resolve(file), "aws", jsonPath, warmUpSeconds, runs, seconds].map(String);
  const [command, args] = pinned(SERVER_CORE, "/bin/sh", [script, ...settings]);
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
  let out = "";
  let errors = "";
  child.stdout.setEncoding("utf8").on("data", (text) => {
    out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text) => {
    errors = (errors + text).slice(-2000);
  });
  const code = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code !== 0) throw new Error(`the reference renderer ended with ${code}:\n${errors}`);
  const results = new Map();
  for (const line of out.split("\n").filter((text) => text !== "")) {
    const { name, median, output } = JSON.parse(line);
    results.set(name, { output, rps: median });
  }
  return results;
}
