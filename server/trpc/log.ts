import pino from "pino";
import { environment } from "@/server/env";

let logger: pino.Logger | undefined;

/** The console's log, on standard output as JSON lines. */
export function log(): pino.Logger {
  logger ??= pino({ name: "console", level: environment().logLevel });
  return logger;
}
