import { AwsError } from "./aws-error";
import type { Member, MemberType } from "./member-notation";
import type { Operation } from "./operation";
import type { Input } from "./read-input";
import { ENUMS, STATUS_CODE_PATTERN } from "./shapes";

/** Throws one ValidationException with every value that is outside the shape of the input, in AWS's words. */
export function checkShape(operation: Operation, input: Input): void {
  const prefix = `${operation.name.charAt(0).toLowerCase()}${operation.name.slice(1)}Input`;
  const inBody = operation.members.filter(({ place }) => place === "body");
  const elsewhere = operation.members.filter(({ place }) => place !== "body");
  const faults = [
    ...memberFaults(inBody, input, prefix),
    ...memberFaults(elsewhere, input, ""),
    ...operation.segments.flatMap((segment) => ("param" in segment ? paramFaults(segment.param, input) : [])),
  ];
  if (faults.length === 0) return;
  const count = faults.length === 1 ? "1 validation error" : `${faults.length} validation errors`;
  throw new AwsError("ValidationException", `${count} detected: ${faults.join("; ")}`);
}

function memberFaults(members: readonly Member[], values: Input, prefix: string): string[] {
  return members.flatMap(({ name, type, isRequired }) => {
    const path = prefix ? `${prefix}.${name}` : name;
    const value = values[name];
    if (value === undefined) return isRequired ? [fault("null", path, "Member must not be null")] : [];
    return valueFaults(value, type, path);
  });
}

function valueFaults(value: unknown, type: MemberType, path: string): string[] {
  switch (type.kind) {
    case "enum":
      return type.values.includes(value as string) ? [] : [fault(`'${value}'`, path, enumSet(type.values))];
    case "structure":
      return memberFaults(type.members, value as Input, path);
    case "list":
      return listFaults(value as unknown[], type.of, path);
    case "map":
      return Object.entries(value as Input).flatMap(([key, entry]) =>
        entry === null ? [] : valueFaults(entry, type.of, `${path}.${key}.member`),
      );
    default:
      return [];
  }
}

function listFaults(list: readonly unknown[], of: MemberType, path: string): string[] {
  if (of.kind === "enum") {
    const isWrong = list.some((entry) => !of.values.includes(entry as string));
    const constraint = `Member must satisfy constraint: [${enumSet(of.values)}]`;
    return isWrong ? [fault(`'[${list.join(", ")}]'`, path, constraint)] : [];
  }
  return list.flatMap((entry, index) => valueFaults(entry, of, `${path}.${index + 1}.member`));
}

function paramFaults(name: string, input: Input): string[] {
  const value = String(input[name]);
  if (name === "statusCode" && !STATUS_CODE.test(value)) {
    return [
      fault(`'${value}'`, name, `Member must satisfy regular expression pattern: ${STATUS_CODE_PATTERN}`),
    ];
  }
  const types = ENUMS.GatewayResponseType as readonly string[];
  if (name === "responseType" && !types.includes(value)) {
    return [fault(`'${value}'`, name, enumSet(types))];
  }
  return [];
}

const STATUS_CODE = new RegExp(`^${STATUS_CODE_PATTERN}$`);
const enumSet = (values: readonly string[]) => `Member must satisfy enum value set: [${values.join(", ")}]`;
const fault = (value: string, path: string, constraint: string) =>
  `Value ${value} at '${path}' failed to satisfy constraint: ${constraint}`;
