// Steps with their times, for the scripts that run before anything is installed. Uses nothing outside Node.
import { spawn } from "node:child_process";

const seconds = (sinceMs) => `${((performance.now() - sinceMs) / 1000).toFixed(1)} s`;

/**
 * Runs a program, shows `label` with the time it took, and its output only when it fails (after `retries` more tries).
 * Returns the exit status.
 */
export async function runStep({ label, command = process.execPath, args, env = {}, retries = 0 }) {
  const startedAt = performance.now();
  const terminal = process.stdout.isTTY;
  if (!terminal) console.log(`  … ${label}`);
  const draw = () => process.stdout.write(`\r  … ${label} ${seconds(startedAt)} `);
  const ticker = terminal ? setInterval(draw, 200) : undefined;
  let result;
  for (let attempt = 0; attempt <= retries; attempt++) {
    result = await runQuietly(command, args, env);
    if (result.status === 0) break;
  }
  clearInterval(ticker);
  if (terminal) process.stdout.write("\r\u001b[K");
  const mark = result.status === 0 ? "✓" : "✗";
  console.log(`  ${mark} ${label.padEnd(30)} ${seconds(startedAt).padStart(8)}`);
  if (result.status !== 0) process.stderr.write(`${result.output.trimEnd()}\n`);
  return result.status;
}

function runQuietly(command, args, env) {
  return new Promise((resolve) => {
    // npm is a command script on Windows, which only a shell can start.
    const shell = process.platform === "win32" && command === "npm";
    const child = spawn(command, args, {
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
      shell,
    });
    let output = "";
    const collect = (chunk) => {
      output = (output + chunk).slice(-200_000);
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.on("error", (error) => resolve({ status: 1, output: `${output}${command}: ${error.message}` }));
    child.on("close", (status) => resolve({ status: status ?? 1, output }));
  });
}
