import { z } from "zod";
import { authorizationTypeSchema, type Method } from "@/server/gateway/snapshot/method";

/** The method request's own fields, all optional; keys of parameters are judged by the edit, in AWS's words. */
export const methodFields = {
  authorizationType: authorizationTypeSchema.optional(),
  authorizerId: z.string().nullable().optional(),
  authorizationScopes: z.array(z.string()).optional(),
  apiKeyRequired: z.boolean().optional(),
  requestValidatorId: z.string().nullable().optional(),
  operationName: z.string().optional(),
  description: z.string().optional(),
  requestParameters: z.record(z.string(), z.boolean()).optional(),
  requestModels: z.record(z.string(), z.string()).optional(),
};
export type MethodChanges = z.output<z.ZodObject<typeof methodFields>>;

/** Puts the given fields into the method. Without an authorizer's type there is no authorizer to keep. */
export function assignMethodFields(method: Method, changes: MethodChanges): void {
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  Object.assign(method, given);
  if (method.authorizationType === "NONE" || method.authorizationType === "AWS_IAM")
    method.authorizerId = null;
}
