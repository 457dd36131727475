import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

/** A recorded request and answer; the format is described in the README beside the files. */
export type InvokeCase = {
  id: string;
  kind: string;
  evidence?: string;
  api: {
    resources?: Record<string, Record<string, CaseMethod>>;
    models?: Record<string, { schema?: string; contentType?: string }>;
    requestValidators?: Record<
      string,
      { validateRequestBody?: boolean; validateRequestParameters?: boolean }
    >;
    gatewayResponses?: Record<string, Record<string, unknown>>;
    binaryMediaTypes?: string[];
    apiKeySource?: string;
    imports?: { body: string; parameters?: { basepath?: string } }[];
    /** The API when the canary's deployment is made. */
    canaryDeployment?: { resources?: Record<string, Record<string, CaseMethod>> };
    stage?: { stageName?: string; variables?: Record<string, string>; canarySettings?: object };
  };
  usagePlans?: { keys?: { enabled?: boolean; value: string }[] }[];
  backend?: { type: string; name?: string; returns?: unknown; objects?: Record<string, string> };
  masks?: string[];
  request: {
    method: string;
    path?: string;
    rawUrlPath?: string;
    query?: Record<string, string | string[]>;
    rawQueryString?: string;
    headers?: Record<string, string | string[]>;
    body?: string;
    bodyBase64?: string;
    noDefaultHeaders?: boolean;
  };
  expected: Expected;
};

export type CaseMethod = {
  method?: Record<string, unknown>;
  methodResponses?: Record<string, Record<string, unknown>>;
  integration?: Record<string, unknown>;
  integrationResponses?: Record<string, Record<string, unknown>>;
};

export type Expected = {
  status?: number | string;
  headers?: Record<string, string>;
  headersPresent?: string[];
  headersAbsent?: string[];
  headersRegex?: Record<string, string>;
  headerNamesExact?: string[];
  body?: string;
  bodyBase64?: string;
  bodyJson?: unknown;
  bodyJsonSubset?: unknown;
  bodyJsonParts?: Record<string, unknown>;
  normalizeWhitespace?: boolean;
  /** The event the function got; with `headerNamesExact` only a part of it. */
  functionEvent?: Record<string, unknown>;
  backendRequest?: {
    method?: string;
    path?: string;
    headers?: Record<string, string>;
    headersPresent?: string[];
    headersAbsent?: string[];
    headerNamesExact?: string[];
    queryJoined?: Record<string, string>;
    queryMulti?: Record<string, string[]>;
    body?: string;
    bodyBase64?: string;
    bodyJson?: unknown;
  };
};

/** The folder with the recorded cases, named by GATEHOUSE_CONFORMANCE; null if it is not there. */
export function conformanceFolder(): string | null {
  const folder = process.env.GATEHOUSE_CONFORMANCE;
  return folder && existsSync(folder) ? folder : null;
}

/** The invoke cases of one file. */
export function invokeCases(folder: string, name: string): InvokeCase[] {
  const cases: InvokeCase[] = JSON.parse(readFileSync(path.join(folder, `${name}.json`), "utf8"));
  return cases.filter((c) => c.kind === "invoke");
}
