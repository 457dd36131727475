import { HclExpression } from "./write-hcl";

export const API = "aws_api_gateway_rest_api.api";

/** Names have small letters, digits and `_`, and begin with a letter. */
export function terraformName(words: readonly string[]): string {
  const name = words.map((word) => word.toLowerCase()).join("_");
  return /^[a-z]/.test(name) ? name : `r_${name}`;
}

export const address = (type: string, name: string) => `aws_api_gateway_${type}.${name}`;
export const attribute = (resource: string, name: string) => new HclExpression(`${resource}.${name}`);
export const apiId = attribute(API, "id");
export const list = (addresses: readonly string[]) => addresses.map((one) => new HclExpression(one));
