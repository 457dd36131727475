import { configurationError } from "../errors";
import type { IntegrationModule } from "./integration";

/** AWS_PROXY: functions that get the whole request as an event. This node cannot call them: it says so. */
export const awsProxyIntegration: IntegrationModule = {
  type: "AWS_PROXY",
  label: "Lambda proxy",
  help: "Hands the whole request to a function as an event. Not served by this version.",
  compile: () => ({
    needsRequestBody: false,
    steps: [
      {
        name: "invoke-integration",
        run() {
          throw configurationError("AWS_PROXY integrations are not served by this version of the gateway");
        },
      },
    ],
  }),
};
