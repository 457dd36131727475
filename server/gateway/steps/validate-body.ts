import { isNestedDeeper } from "@/server/toolkit/json/is-nested-deeper";
import { textFromUtf8 } from "@/server/toolkit/utf8";
import { compileModels, type ModelCheck } from "../compile/compile-models";
import type { CompileScope } from "../compile/compile-scope";
import { mediaTypeOf } from "../context/media-type";
import { headerOf } from "../context/request-headers";
import { GatewayError } from "../errors";
import { MAX_JSON_DEPTH } from "../limits";
import type { Step } from "../runtime-api";
import type { Method } from "../snapshot/method";
import { validatorOf } from "./validate-parameters";

/**
 * The body must fit the model of its media type (no Content-Type counts as application/json), else the
 * `$default` model, else anything goes. An absent body counts as `{}` (recorded). Null if nothing is to check.
 */
export function validateBodyStep(method: Method, scope: CompileScope): Step | null {
  if (!validatorOf(method, scope)?.validateRequestBody) return null;
  const checks = new Map<string, ModelCheck>();
  const modelCheck = compileModels(scope);
  for (const [mediaType, modelName] of Object.entries(method.requestModels)) {
    const check = modelCheck(modelName, scope.problems.at("requestModels", mediaType));
    if (check) checks.set(mediaType === "$default" ? mediaType : mediaType.trim().toLowerCase(), check);
  }
  if (checks.size === 0) return null;

  return {
    name: "validate-body",
    run(exchange) {
      const mediaType = mediaTypeOf(headerOf(exchange.request.headers, "content-type")) ?? "application/json";
      const check = checks.get(mediaType) ?? checks.get("$default");
      if (!check) return;
      const text = textFromUtf8(exchange.requestBytes ?? new Uint8Array(0)) || "{}";
      let body: unknown;
      if (isNestedDeeper(text, MAX_JSON_DEPTH))
        throw new GatewayError("BAD_REQUEST_BODY", { validationError: "[The body is nested too deep]" });
      try {
        body = JSON.parse(text);
      } catch {
        throw new GatewayError("BAD_REQUEST_BODY", { validationError: "[The body is not JSON]" });
      }
      const errors = check(body);
      if (errors) throw new GatewayError("BAD_REQUEST_BODY", { validationError: `[${errors.join(", ")}]` });
    },
  };
}
