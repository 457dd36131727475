import type { ExportOptions, JsonObject } from "./export-openapi";

/** The base URL without the stage, and the stage. */
function address({
  baseUrl,
  apiId,
  stage,
  region = "us-east-1",
}: ExportOptions): { base: string; stage: string | undefined } | null {
  const ofAws = apiId ? `https://${apiId}.execute-api.${region}.amazonaws.com` : "";
  const base = (baseUrl ?? ofAws).replace(/\/+$/, "");
  if (base === "") return null;
  return { base: stage && base.endsWith(`/${stage}`) ? base.slice(0, -stage.length - 1) : base, stage };
}

/** OpenAPI 3: the stage is the default of the variable `basePath`. `endpoint` is the extension that stands here. */
export function servers(options: ExportOptions, endpoint: JsonObject): JsonObject {
  const at = address(options);
  if (!at) return {};
  if (!at.stage) return { servers: [{ url: at.base, ...endpoint }] };
  const variables = { basePath: { default: at.stage } };
  return { servers: [{ url: `${at.base}/{basePath}`, variables, ...endpoint }] };
}

/** Swagger 2: the stage is the end of `basePath`. */
export function swaggerAddress(options: ExportOptions): JsonObject {
  const at = address(options);
  const parts = at && /^(https?):\/\/([^/]+)(\/.*)?$/.exec(at.base);
  if (!parts) return {};
  const basePath = `${parts[3] ?? ""}${at?.stage ? `/${at.stage}` : ""}`;
  return { host: parts[2], ...(basePath ? { basePath } : {}), schemes: [parts[1]] };
}
