import type { Handlers } from "@/server/aws/call";
import { accountHandlers } from "./account/account";
import { clientCertificateHandlers } from "./account/client-certificate";
import { tagHandlers } from "./account/tags";
import { vpcLinkHandlers } from "./account/vpc-link";
import { authorizerHandlers } from "./component/authorizer";
import { documentationPartHandlers } from "./component/documentation-part";
import { documentationVersionHandlers } from "./component/documentation-version";
import { gatewayResponseHandlers } from "./component/gateway-response";
import { modelHandlers } from "./component/model";
import { requestValidatorHandlers } from "./component/request-validator";
import { testAuthorizerHandlers } from "./component/test-authorizer";
import { accessAssociationHandlers } from "./domain/access-association";
import { basePathMappingHandlers } from "./domain/base-path-mapping";
import { domainNameHandlers } from "./domain/domain-name";
import { integrationHandlers } from "./method/integration";
import { integrationResponseHandlers } from "./method/integration-response";
import { methodHandlers } from "./method/method";
import { methodResponseHandlers } from "./method/method-response";
import { testInvokeHandlers } from "./method/test-invoke";
import { exportHandlers } from "./rest-api/export";
import { importHandlers } from "./rest-api/import";
import { resourceHandlers } from "./rest-api/resource";
import { restApiHandlers } from "./rest-api/rest-api";
import { deploymentHandlers } from "./stage/deployment";
import { sdkHandlers } from "./stage/sdk";
import { sdkTypeHandlers } from "./stage/sdk-type";
import { stageHandlers } from "./stage/stage";
import { apiKeyHandlers } from "./usage/api-key";
import { importApiKeysHandlers } from "./usage/import-api-keys";
import { usageHandlers } from "./usage/usage";
import { usagePlanHandlers } from "./usage/usage-plan";
import { usagePlanKeyHandlers } from "./usage/usage-plan-key";

/** Each group is a file; no operation is in two of them. */
export const HANDLER_GROUPS: readonly Handlers[] = [
  authorizerHandlers,
  deploymentHandlers,
  documentationPartHandlers,
  documentationVersionHandlers,
  gatewayResponseHandlers,
  integrationHandlers,
  integrationResponseHandlers,
  methodHandlers,
  methodResponseHandlers,
  modelHandlers,
  requestValidatorHandlers,
  resourceHandlers,
  restApiHandlers,
  stageHandlers,
  importHandlers,
  exportHandlers,
  testInvokeHandlers,
  apiKeyHandlers,
  usagePlanHandlers,
  usagePlanKeyHandlers,
  vpcLinkHandlers,
  tagHandlers,
  accountHandlers,
  testAuthorizerHandlers,
  sdkHandlers,
  sdkTypeHandlers,
  importApiKeysHandlers,
  usageHandlers,
  clientCertificateHandlers,
  domainNameHandlers,
  basePathMappingHandlers,
  accessAssociationHandlers,
];

/** The operations that are served, by name. What is not here is answered with 501. */
export const HANDLERS: Handlers = Object.assign({}, ...HANDLER_GROUPS);
