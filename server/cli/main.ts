import path from "node:path";
import { runCli } from "@/server/cli/program";

// This file runs as dist/cli.mjs; the data folder lies beside that folder unless the environment says otherwise.
const { stdin, stdout, stderr } = process;
// `gatehouse … | head` closes the pipe early; that is no failure of ours.
stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));
const env = { GATEHOUSE_HOME: path.resolve(import.meta.dirname, ".."), ...process.env };
process.exitCode = await runCli(process.argv.slice(2), { stdin, stdout, stderr, env, cwd: process.cwd() });
