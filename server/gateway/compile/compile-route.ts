import { configurationError } from "../errors";
import { integrations } from "../integrations";
import type { CompiledIntegration } from "../integrations/integration";
import { policies } from "../policies";
import { methodSettingOf } from "../policies/limits";
import type { CompiledRoute, Step } from "../runtime-api";
import type { Method } from "../snapshot/method";
import { compressAnswerStep } from "../steps/compress-answer";
import { readBodyStep } from "../steps/read-body";
import { cachedSteps } from "../steps/response-cache/cache-steps";
import { validateBodyStep } from "../steps/validate-body";
import { validateParametersStep } from "../steps/validate-parameters";
import type { CompileScope } from "./compile-scope";

export type RouteInput = {
  readonly resourceId: string;
  readonly resourcePath: string;
  readonly httpMethod: string;
  readonly method: Method;
};

/** Decides a method's step list once: a step the method does not need is not in it. */
export function compileRoute(input: RouteInput, scope: CompileScope): CompiledRoute {
  const { resourceId, resourcePath, httpMethod, method } = input;
  const methodKey = `${resourcePath}/${httpMethod}`;
  const steps: Step[] = [];
  for (const policy of policies) {
    const step = policy.compile({ method, httpMethod, resourcePath, methodKey, scope });
    if (step) steps.push(step);
  }
  const integration = compileIntegration(input, scope);
  const validateParameters = validateParametersStep(method, scope);
  const validateBody = validateBodyStep(method, scope);
  if (validateParameters) steps.push(validateParameters);
  steps.push(readBodyStep(integration.needsRequestBody || validateBody !== null));
  if (validateBody) steps.push(validateBody);
  steps.push(...cachedSteps(integration.steps, input, scope));
  const compress = compressAnswerStep(scope.snapshot.minimumCompressionSize);
  if (compress) steps.push(compress);

  return Object.freeze({
    resourceId,
    resourcePath,
    httpMethod,
    label: `${httpMethod} ${resourcePath}`,
    methodKey,
    apiKeyRequired: method.apiKeyRequired,
    executionLog: executionLogOf(scope, resourcePath, httpMethod),
    steps: Object.freeze(steps),
  });
}

function executionLogOf(
  { methodSettings }: CompileScope,
  resourcePath: string,
  httpMethod: string,
): CompiledRoute["executionLog"] {
  const setting = methodSettingOf(methodSettings, resourcePath, httpMethod);
  if (!setting || setting.loggingLevel === "OFF") return null;
  return { level: setting.loggingLevel, dataTrace: setting.dataTraceEnabled };
}

function compileIntegration({ method, resourcePath }: RouteInput, scope: CompileScope): CompiledIntegration {
  const integration = method.methodIntegration;
  if (!integration) return refusing("No integration defined for method");
  if (integration.connectionType === "VPC_LINK") {
    return refusing("VPC links are not served by this version of the gateway");
  }
  const problems = scope.problems.at("methodIntegration");
  return integrations[integration.type].compile({ integration, method, resourcePath, scope, problems });
}

function refusing(reason: string): CompiledIntegration {
  return {
    needsRequestBody: false,
    steps: [
      {
        name: "invoke-integration",
        run() {
          throw configurationError(reason);
        },
      },
    ],
  };
}
