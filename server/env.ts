import { hkdfSync } from "node:crypto";
import path from "node:path";
import { z } from "zod";
import type { RenderLimits } from "@/server/vtl";

type TemplateLimit = Exclude<keyof RenderLimits, "nowMs">;
/** A record, so that the compiler notices one that is missing. */
const TEMPLATE_LIMITS: Readonly<Record<TemplateLimit, true>> = {
  steps: true,
  maxMs: true,
  outputLength: true,
  memory: true,
  loopRounds: true,
  depth: true,
  collectionSize: true,
};

const port = (fallback: number) =>
  z
    .string()
    .regex(/^\d{1,5}$/, "must be a port number")
    .transform(Number)
    .refine((value) => value >= 1 && value <= 65535, "must be a port between 1 and 65535")
    .default(fallback);
const count = (fallback: number) =>
  z
    .string()
    .regex(/^[1-9]\d{0,9}$/, "must be a number above 0")
    .transform(Number)
    .default(fallback);
const days = (fallback: number) =>
  z
    .string()
    .regex(/^[1-9]\d{0,3}$/, "must be a number of days from 1 to 9999")
    .transform(Number)
    .default(fallback);
const optionalPort = port(443).unwrap().optional();
const text = z.string().min(1).optional();
const amount = (fallback: number) =>
  z
    .string()
    .regex(/^\d{1,6}(\.\d{1,6})?$/, "must be a number, 0 or more")
    .transform(Number)
    .default(fallback);
const collectorUrl = z
  .url({ protocol: /^https?$/, error: "must be a URL such as http://localhost:4318" })
  .optional();

/** `steps=20000000,maxMs=10000`: budgets of mapping templates. */
const templateLimits = z
  .string()
  .default("")
  .transform((value, context) => {
    const limits: Partial<Record<TemplateLimit, number>> = {};
    for (const part of value.split(",").filter(Boolean)) {
      const [, name = "", size = ""] = /^\s*(\w+)\s*=\s*([1-9]\d{0,11})\s*$/.exec(part) ?? [];
      if (Object.hasOwn(TEMPLATE_LIMITS, name)) limits[name as TemplateLimit] = Number(size);
      else
        context.addIssue(
          `must be name=number, separated by commas; names: ${Object.keys(TEMPLATE_LIMITS).join(" ")}`,
        );
    }
    return limits;
  });

const environmentSchema = z.object({
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "must begin with postgresql://")
    .optional(),
  GATEHOUSE_HOST: z.string().min(1).default("127.0.0.1"),
  GATEHOUSE_CONSOLE_PORT: port(3000),
  GATEHOUSE_GATEWAY_PORT: port(8080),
  GATEHOUSE_TLS_PORT: optionalPort,
  GATEHOUSE_WORKERS: count(1).unwrap().optional(),
  GATEHOUSE_DRAIN_LEAD_MS: z
    .string()
    .regex(/^\d{1,6}$/, "must be a number of milliseconds")
    .transform(Number)
    .default(500),
  GATEHOUSE_HOME: text,
  GATEHOUSE_DATA_DIR: text,
  GATEHOUSE_OWNER_EMAIL: z.email("must be an e-mail address").optional(),
  GATEHOUSE_OWNER_PASSWORD: z.string().min(8, "must have at least 8 characters").optional(),
  GATEHOUSE_SECRET: z.string().min(16, "must have at least 16 characters").optional(),
  GATEHOUSE_ACCESS_KEY_BOX: z
    .string()
    .regex(/^[0-9a-f]{64}$/, "must be 64 hexadecimal digits")
    .optional(),
  GATEHOUSE_CLI_TOKEN_HASH: z.string().length(64).optional(),
  GATEHOUSE_DEMO_BACKEND_URL: z.url().optional(),
  GATEHOUSE_SAMPLE_KEY: text,
  GATEHOUSE_URL: z.url("must be a URL such as http://localhost:3000").optional(),
  GATEHOUSE_TOKEN: text,
  GATEHOUSE_TEMPLATE_LIMITS: templateLimits,
  GATEHOUSE_QUOTA_WITHOUT_DATABASE: z.enum(["refuse", "admit"]).default("refuse"),
  GATEHOUSE_CACHE_MB: count(256),
  GATEHOUSE_REQUEST_LOG_HOURS: count(72),
  GATEHOUSE_REQUEST_LOG_ROWS: count(500_000),
  GATEHOUSE_TRACE_RESERVOIR: amount(1),
  GATEHOUSE_TRACE_PERCENT: amount(5).refine((value) => value <= 100, "must be at most 100"),
  OTEL_EXPORTER_OTLP_ENDPOINT: collectorUrl,
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: collectorUrl,
  OTEL_SDK_DISABLED: text,
  GATEHOUSE_METRIC_MINUTE_DAYS: days(7),
  GATEHOUSE_METRIC_HOUR_DAYS: days(90),
  GATEHOUSE_LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
});

export type Environment = {
  /** Absent when the embedded Postgres is to be used; the launcher sets it for its children. */
  databaseUrl?: string;
  /** The address that console and gateway listen on. */
  host: string;
  consolePort: number;
  gatewayPort: number;
  /** Where the gateway takes TLS; absent: nowhere. */
  tlsPort?: number;
  /** Worker processes of the gateway; absent: one per core. 1 needs no second process beside it. */
  workers?: number;
  /** So long a gateway that stops still takes connections after it said that it is not ready. */
  drainLeadMs: number;
  /** The folder of the installation: build, migrations, default data folder. Absolute. */
  homeDir: string;
  /** Everything that one instance keeps. Absolute. */
  dataDir: string;
  ownerEmail?: string;
  ownerPassword?: string;
  /** Signs the sessions of the console. Made by the launcher and kept in the data folder. */
  secret?: string;
  /** Hex key under which secrets of access keys are encrypted: all that the gateway needs of the secret. */
  accessKeyBox?: string;
  /** SHA-256 (hex) of the token in `<data dir>/cli-token`, which the console takes as the owner's. */
  cliTokenHash?: string;
  /** Where the launcher's demo backend listens; the sample API points at it. */
  demoBackendUrl?: string;
  /** The value that the API key of the sample is made with. */
  sampleKey?: string;
  /** CLI only: the console to talk to. */
  url?: string;
  /** CLI only: the machine token to show. */
  token?: string;
  /** What differs from the engine's default budgets for mapping templates. */
  templateLimits: Partial<Record<TemplateLimit, number>>;
  /** What a strict quota does with nothing reserved while the database is away; AWS admits. */
  quotaWithoutDatabase: "refuse" | "admit";
  /** What a gateway's response cache may hold of all stages together, in MB. */
  cacheMb: number;
  /** How long, and how many of them, the database keeps requests for people to look at. */
  requestLogHours: number;
  requestLogRows: number;
  /** Where spans are posted to, whole; absent: nothing is recorded. */
  traceEndpoint?: string;
  /** What is recorded on stages with active tracing: so many requests a second, and a share of the others. */
  traceReservoir: number;
  tracePercent: number;
  /** How many days the database keeps metrics by the minute, and by the hour. */
  metricMinuteDays: number;
  metricHourDays: number;
  logLevel: z.infer<typeof environmentSchema>["GATEHOUSE_LOG_LEVEL"];
};

export class EnvironmentError extends Error {
  override name = "EnvironmentError";
}

/** Checks the variables of one environment; throws one line that names each wrong variable. */
export function parseEnvironment(source: Record<string, string | undefined>): Environment {
  const named = Object.keys(environmentSchema.shape).map((key) => [key, source[key] || undefined]);
  const parsed = environmentSchema.safeParse(Object.fromEntries(named));
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${String(issue.path[0])} ${issue.message}`);
    throw new EnvironmentError(problems.join("; "));
  }
  const values = parsed.data;
  const homeDir = path.resolve(values.GATEHOUSE_HOME ?? process.cwd());
  return {
    databaseUrl: values.DATABASE_URL,
    host: values.GATEHOUSE_HOST,
    consolePort: values.GATEHOUSE_CONSOLE_PORT,
    gatewayPort: values.GATEHOUSE_GATEWAY_PORT,
    tlsPort: values.GATEHOUSE_TLS_PORT,
    workers: values.GATEHOUSE_WORKERS,
    drainLeadMs: values.GATEHOUSE_DRAIN_LEAD_MS,
    homeDir,
    dataDir: values.GATEHOUSE_DATA_DIR
      ? path.resolve(values.GATEHOUSE_DATA_DIR)
      : path.join(homeDir, ".gatehouse"),
    ownerEmail: values.GATEHOUSE_OWNER_EMAIL,
    ownerPassword: values.GATEHOUSE_OWNER_PASSWORD,
    secret: values.GATEHOUSE_SECRET,
    accessKeyBox:
      values.GATEHOUSE_ACCESS_KEY_BOX ??
      (values.GATEHOUSE_SECRET ? boxKey(values.GATEHOUSE_SECRET, "access-key") : undefined),
    cliTokenHash: values.GATEHOUSE_CLI_TOKEN_HASH,
    demoBackendUrl: values.GATEHOUSE_DEMO_BACKEND_URL,
    sampleKey: values.GATEHOUSE_SAMPLE_KEY,
    url: values.GATEHOUSE_URL,
    token: values.GATEHOUSE_TOKEN,
    templateLimits: values.GATEHOUSE_TEMPLATE_LIMITS,
    quotaWithoutDatabase: values.GATEHOUSE_QUOTA_WITHOUT_DATABASE,
    cacheMb: values.GATEHOUSE_CACHE_MB,
    requestLogHours: values.GATEHOUSE_REQUEST_LOG_HOURS,
    requestLogRows: values.GATEHOUSE_REQUEST_LOG_ROWS,
    traceEndpoint: traceEndpoint(values),
    traceReservoir: values.GATEHOUSE_TRACE_RESERVOIR,
    tracePercent: values.GATEHOUSE_TRACE_PERCENT,
    metricMinuteDays: values.GATEHOUSE_METRIC_MINUTE_DAYS,
    metricHourDays: values.GATEHOUSE_METRIC_HOUR_DAYS,
    logLevel: values.GATEHOUSE_LOG_LEVEL,
  };
}

/** As OpenTelemetry's exporters read these variables: that of traces is whole, the general one a base. */
function traceEndpoint(values: z.infer<typeof environmentSchema>): string | undefined {
  if (values.OTEL_SDK_DISABLED?.toLowerCase() === "true") return undefined;
  if (values.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT) return values.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT;
  const base = values.OTEL_EXPORTER_OTLP_ENDPOINT;
  return base && `${base.replace(/\/$/, "")}/v1/traces`;
}

/** The key (hex, 256 bits) for one purpose, derived from the instance's secret (HKDF with SHA-256). */
export function boxKey(secret: string, purpose: string): string {
  return Buffer.from(hkdfSync("sha256", secret, "", `gatehouse/${purpose}`, 32)).toString("hex");
}

let current: Environment | undefined;

/** The environment of this process, read and checked once. */
export function environment(): Environment {
  current ??= parseEnvironment(process.env);
  return current;
}
