/** The function an integration or authorizer URI names. */
export type FunctionTarget = {
  readonly functionName: string;
  readonly region: string | null;
};

/** Why a URI names no function this gateway can call; goes to the log. */
export type FunctionUriProblem = { readonly problem: string };

export type CompiledFunctionUri = {
  /** Names of `{name}` placeholders. */
  readonly names: readonly string[];
  resolve(values: Readonly<Record<string, string>>): FunctionTarget | FunctionUriProblem;
};

const SERVICE_URI = /^arn:[\w-]+:apigateway:([\w-]*):([\w.-]+):(path|action)\/+([\s\S]+)$/;
const INVOKE_PATH = /^2015-03-31\/functions\/([^/?\s]+)\/invocations\/?$/;
const NAME_IN_URI = /(?<!\$)\{([\w.$-]+)\+?\}/g;

/**
 * Compiles `arn:aws:apigateway:{region}:lambda:path/2015-03-31/functions/{arn or name}/invocations`; a double slash
 * behind `path` is accepted (recorded). `${stageVariables.x}` is replaced now, `{name}` per request.
 */
export function compileFunctionUri(
  uri: string,
  stageVariables: Readonly<Record<string, string>>,
): CompiledFunctionUri {
  const staged = uri
    .trim()
    .replace(/\$\{stageVariables\.([\w.-]+)\}/g, (_, name: string) =>
      Object.hasOwn(stageVariables, name) ? (stageVariables[name] as string) : "",
    );
  const names = [...staged.matchAll(NAME_IN_URI)].map((match) => match[1] as string);
  if (names.length === 0) {
    const target = parseFunctionUri(staged);
    return { names, resolve: () => target };
  }
  return {
    names,
    resolve: (values) =>
      parseFunctionUri(staged.replace(NAME_IN_URI, (whole, name: string) => values[name] ?? whole)),
  };
}

function parseFunctionUri(uri: string): FunctionTarget | FunctionUriProblem {
  const parts = SERVICE_URI.exec(uri);
  if (!parts) return { problem: "Invalid endpoint address" };
  const [, region = "", service = "", , path = ""] = parts;
  if (service !== "lambda") return { problem: `AWS service "${service}" is not served by this version` };
  if (path.startsWith("2021-11-15/"))
    return { problem: "response streaming of functions is not served by this version" };
  const functionName = INVOKE_PATH.exec(path)?.[1];
  if (functionName === undefined || !/^[\w:$.-]+$/.test(functionName))
    return { problem: "Invalid function ARN or invalid uri" };
  return { functionName, region: regionOf(functionName) ?? (region === "" ? null : region) };
}

/** A function's ARN names the region it runs in; a bare name does not. */
function regionOf(functionName: string): string | null {
  return /^arn:[\w-]+:lambda:([\w-]+):\d*:function:/.exec(functionName)?.[1] ?? null;
}
