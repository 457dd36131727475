import { type HttpMethod, type Method, methodSchema } from "@/server/gateway/snapshot/method";
import { type ImportContext, reportUnknown } from "./import-context";
import { mockOperation } from "./mock-operation";
import { modelHint, readRequestBody, readResponses } from "./read-bodies";
import { readIntegration } from "./read-integration";
import { effectiveParameters, readParameters } from "./read-parameters";
import { readRequirements } from "./security-schemes";
import type { Cursor } from "./source/cursor";

/** Where an operation's method stands. */
export type OperationPlace = {
  readonly httpMethod: HttpMethod;
  readonly path: string;
  /** `GET /pets`. */
  readonly label: string;
  /** Names of the variables in the path. */
  readonly variables: readonly string[];
  /** The source's names of variables that have another name in the tree. */
  readonly renamed: ReadonlyMap<string, string>;
  /** How models made of schemas written here are named. */
  readonly modelHint: string;
};

const KNOWN = new Set(
  "operationId summary description tags externalDocs parameters requestBody responses security consumes produces schemes x-amazon-apigateway-integration x-amazon-apigateway-request-validator x-amazon-apigateway-auth".split(
    " ",
  ),
);

/** One operation as a method. `pathItem` gives the parameters that all its operations share. */
export function readOperation(
  context: ImportContext,
  where: Omit<OperationPlace, "modelHint" | "label">,
  { pathItem, operation }: { pathItem: Cursor; operation: Cursor },
): Method {
  const operationId = operation.get("operationId").text();
  const place: OperationPlace = {
    ...where,
    label: `${where.httpMethod} ${where.path}`,
    modelHint: modelHint(operationId, where.httpMethod, where.path),
  };
  reportUnknown(context, operation, KNOWN);
  const method = methodSchema.parse({
    httpMethod: where.httpMethod,
    operationName: operationId ?? "",
    description: operation.get("description").text() ?? "",
  });
  document(context, place, operation);
  const parameters = effectiveParameters(context, pathItem, operation);
  readParameters(context, place, { parameters, method });
  readRequestBody(context, place, { operation, parameters, method });
  readResponses(context, place, { operation, method });
  readSecurity(context, operation, method);
  readValidator(context, operation, method);
  const extension = operation.get("x-amazon-apigateway-integration");
  if (extension.exists) {
    method.methodIntegration = readIntegration(context, place, { extension, method });
    if (method.methodIntegration) {
      context.report.kept(
        operation,
        `Method ${place.label} with its ${method.methodIntegration.type} integration`,
      );
    }
    return method;
  }
  if (context.options.withoutIntegration === "none") {
    context.report.translated(
      operation,
      `Method ${place.label} has no integration: it cannot be deployed without one`,
    );
    return method;
  }
  mockOperation(context, { operation, method });
  context.report.translated(
    operation,
    `Method ${place.label} has no integration: a MOCK answers in its place`,
  );
  return method;
}

function document(context: ImportContext, place: OperationPlace, operation: Cursor): void {
  const { path, httpMethod } = place;
  const tags = operation.get("tags");
  context.documentation.add(
    { type: "METHOD", path, method: httpMethod },
    {
      summary: operation.get("summary").text(),
      // AWS has no description of a method but this.
      description: context.options.asAws ? operation.get("description").text() : undefined,
      tags: Array.isArray(tags.value) && tags.value.length > 0 ? tags.value : undefined,
      externalDocs: operation.get("externalDocs").value ?? undefined,
    },
  );
}

function readSecurity(context: ImportContext, operation: Cursor, method: Method): void {
  const own = operation.get("security");
  const requirements = own.exists ? own : context.source.root.get("security");
  context.source.charge({ values: requirements.items().length });
  Object.assign(
    method,
    readRequirements(requirements, { schemes: context.security, report: context.report }),
  );
  const auth = operation.get("x-amazon-apigateway-auth");
  const type = auth.get("type").text()?.toUpperCase();
  if (type === "AWS_IAM") {
    method.authorizationType = "AWS_IAM";
    method.authorizerId = null;
  } else if (auth.exists && type !== "NONE") {
    context.report.dropped(
      auth,
      `Authorization type ${type ?? "(none)"}: this extension has NONE and AWS_IAM`,
    );
  }
}

function readValidator(context: ImportContext, operation: Cursor, method: Method): void {
  const own = operation.get("x-amazon-apigateway-request-validator");
  const at = own.exists ? own : context.source.root.get("x-amazon-apigateway-request-validator");
  const name = at.text();
  if (name === undefined) return;
  const id = context.validatorIds.get(name);
  if (id) method.requestValidatorId = id;
  else context.report.dropped(at, `There is no request validator ${name}`);
}
