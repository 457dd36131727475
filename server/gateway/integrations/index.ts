import type { IntegrationType } from "../snapshot/integration";
import { awsIntegration } from "./aws";
import { awsProxyIntegration } from "./aws-proxy";
import { httpIntegration } from "./http";
import { httpProxyIntegration } from "./http-proxy";
import type { IntegrationModule } from "./integration";
import { mockIntegration } from "./mock";

/** The catalogue of integration types. Adding one is a file and a line here. */
export const integrations: Readonly<Record<IntegrationType, IntegrationModule>> = {
  MOCK: mockIntegration,
  HTTP: httpIntegration,
  HTTP_PROXY: httpProxyIntegration,
  AWS: awsIntegration,
  AWS_PROXY: awsProxyIntegration,
};
