import pino from "pino";
import { environment } from "@/server/env";

let logger: pino.Logger | undefined;

/** The log of the AWS-compatible API, on the console's standard output. */
export function log(): pino.Logger {
  logger ??= pino({ name: "aws-api", level: environment().logLevel });
  return logger;
}
