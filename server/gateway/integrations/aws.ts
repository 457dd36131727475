import { configurationError } from "../errors";
import type { IntegrationModule } from "./integration";

/** AWS: actions of AWS services and Lambda functions with mapping. This node cannot call them: it says so. */
export const awsIntegration: IntegrationModule = {
  type: "AWS",
  label: "AWS service",
  help: "Calls an AWS service or a function with a mapped request. Not served by this version.",
  compile: () => ({
    needsRequestBody: false,
    steps: [
      {
        name: "invoke-integration",
        run() {
          throw configurationError("AWS integrations are not served by this version of the gateway");
        },
      },
    ],
  }),
};
