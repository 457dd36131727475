import type { CompileScope } from "../compile/compile-scope";
import { parameterReader } from "../compile/parameter-reader";
import { GatewayError } from "../errors";
import type { Step } from "../runtime-api";
import type { Method } from "../snapshot/method";

const PLACE_ORDER = ["header", "path", "querystring"];

/**
 * Every required parameter must be there and not blank; the message names the missing ones, headers first, then
 * path, then query string (recorded: request validator). Null if the method's validator does not ask for it.
 */
export function validateParametersStep(method: Method, scope: CompileScope): Step | null {
  const validator = validatorOf(method, scope);
  if (!validator?.validateRequestParameters) return null;
  const required = Object.entries(method.requestParameters)
    .filter(([, isRequired]) => isRequired)
    .map(([location]) => {
      const [, , place = "", ...name] = location.split(".");
      return { place, name: name.join("."), read: parameterReader(location) };
    })
    .sort((a, b) => PLACE_ORDER.indexOf(a.place) - PLACE_ORDER.indexOf(b.place));
  if (required.length === 0) return null;

  return {
    name: "validate-parameters",
    run(exchange) {
      let missing: string[] | null = null;
      for (const { name, read } of required) {
        const value = read(exchange);
        if (value !== undefined && value.trim() !== "") continue;
        missing ??= [];
        missing.push(name);
      }
      if (!missing) return;
      const text = `Missing required request parameters: [${missing.join(", ")}]`;
      throw new GatewayError("BAD_REQUEST_PARAMETERS", { publicMessage: text, validationError: text });
    },
  };
}

/** The method's validator; an id that leads nowhere is a problem of the snapshot. */
export function validatorOf(method: Method, { snapshot, problems }: CompileScope) {
  if (method.requestValidatorId === null) return null;
  const validator = snapshot.requestValidators[method.requestValidatorId];
  if (!validator) problems.at("requestValidatorId").add(`no request validator ${method.requestValidatorId}`);
  return validator ?? null;
}
