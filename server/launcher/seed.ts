import { spawn } from "node:child_process";
import { LaunchError } from "@/server/launcher/launch-error";
import type { SeedResult } from "@/server/launcher/welcome";

/** Runs the seed program, which is safe to repeat; its last line on standard output is a SeedResult as JSON. */
export async function runSeed(script: string, env: NodeJS.ProcessEnv): Promise<SeedResult> {
  const { status, output, problems } = await run(script, env);
  if (status !== 0) {
    throw new LaunchError(
      `The first data could not be stored: ${lastLine(problems) || lastLine(output) || `exit code ${status}`}`,
    );
  }
  try {
    return JSON.parse(lastLine(output));
  } catch {
    throw new LaunchError(`The seed program answered "${lastLine(output)}" instead of its result`);
  }
}

function run(script: string, env: NodeJS.ProcessEnv) {
  return new Promise<{ status: number | null; output: string; problems: string }>((resolve, reject) => {
    const child = spawn(process.execPath, [script], { env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    let problems = "";
    child.stdout.on("data", (chunk) => {
      output += chunk;
    });
    child.stderr.on("data", (chunk) => {
      problems += chunk;
    });
    child.once("error", reject);
    child.once("close", (status) => resolve({ status, output, problems }));
  });
}

function lastLine(text: string) {
  return text.trim().split("\n").at(-1)?.trim() ?? "";
}
