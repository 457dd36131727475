import { parseMembers } from "./member-notation";
import type { Operation, OperationRow, Segment } from "./operation";
import { ACCOUNT_OPERATIONS } from "./tables/account-operations";
import { AUTHORIZER_OPERATIONS } from "./tables/authorizer-operations";
import { COMPONENT_OPERATIONS } from "./tables/component-operations";
import { DOCUMENTATION_OPERATIONS } from "./tables/documentation-operations";
import { DOMAIN_NAME_OPERATIONS } from "./tables/domain-name-operations";
import { INTEGRATION_OPERATIONS } from "./tables/integration-operations";
import { METHOD_OPERATIONS } from "./tables/method-operations";
import { RESOURCE_OPERATIONS } from "./tables/resource-operations";
import { REST_API_OPERATIONS } from "./tables/rest-api-operations";
import { STAGE_OPERATIONS } from "./tables/stage-operations";
import { USAGE_PLAN_OPERATIONS } from "./tables/usage-plan-operations";
import { VPC_LINK_OPERATIONS } from "./tables/vpc-link-operations";

/** Every operation of apigateway 2015-07-09, served or not. */
export const OPERATIONS: readonly Operation[] = [
  ...ACCOUNT_OPERATIONS,
  ...REST_API_OPERATIONS,
  ...RESOURCE_OPERATIONS,
  ...METHOD_OPERATIONS,
  ...INTEGRATION_OPERATIONS,
  ...COMPONENT_OPERATIONS,
  ...AUTHORIZER_OPERATIONS,
  ...STAGE_OPERATIONS,
  ...DOCUMENTATION_OPERATIONS,
  ...USAGE_PLAN_OPERATIONS,
  ...VPC_LINK_OPERATIONS,
  ...DOMAIN_NAME_OPERATIONS,
].map(operationOf);

function operationOf([name, http, status, members]: OperationRow): Operation {
  const [method = "", address = ""] = http.split(" ");
  const [path = "", query = ""] = address.split("?");
  const segments = path
    .split("/")
    .slice(1)
    .map((text): Segment => {
      const param = /^\{(\w+)\}$/.exec(text)?.[1];
      return param ? { param } : { literal: text };
    });
  const fixedQuery = Object.fromEntries(new URLSearchParams(query));
  return { name, method, segments, fixedQuery, status, members: parseMembers(members) };
}
