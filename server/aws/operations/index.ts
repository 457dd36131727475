import type { Handlers } from "@/server/aws/call";
import { deploymentHandlers } from "./deployment";
import { integrationHandlers } from "./integration";
import { integrationResponseHandlers } from "./integration-response";
import { methodHandlers } from "./method";
import { methodResponseHandlers } from "./method-response";
import { resourceHandlers } from "./resource";
import { restApiHandlers } from "./rest-api";
import { stageHandlers } from "./stage";

/** The operations that are served, by name. Each group is a file; what is not here is answered with 501. */
export const HANDLERS: Handlers = {
  ...restApiHandlers,
  ...resourceHandlers,
  ...methodHandlers,
  ...methodResponseHandlers,
  ...integrationHandlers,
  ...integrationResponseHandlers,
  ...deploymentHandlers,
  ...stageHandlers,
};
