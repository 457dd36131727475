import { type ApiDefinition, emptyDefinition } from "@/server/domain/definition";
import { applyEdits, type EditCall } from "@/server/domain/edits/apply-edits";
import { exportForAws } from "@/server/domain/openapi/aws-export";
import { readAwsImport } from "@/server/domain/openapi/aws-import";
import type { DocumentationPart } from "@/server/gateway/snapshot/api-snapshot";
import type { Method } from "@/server/gateway/snapshot/method";
import {
  entityShape,
  integrationResponseShape,
  integrationShape,
  methodShape,
  resourceShapes,
  restApiShape,
} from "./aws-shapes";

type Params = Record<string, unknown>;
type Answer = { status: number; body?: unknown };
const API = "domainapi1";

/** The management calls of a case, answered by the domain's functions alone: one API, no storage, no wire. */
export class DomainApi {
  #definition: ApiDefinition = emptyDefinition({ name: "none", rootId: "root0" });
  #deployed: ApiDefinition = this.#definition;
  #ids = 0;
  readonly #operations: Readonly<Record<string, (params: Params) => Answer | null>> = {
    CreateRestApi: (params) => this.#create(params),
    ImportRestApi: (params) => this.#import(params),
    PutRestApi: (params) => this.#put(params),
    GetRestApi: () => ({ status: 200, body: { ...restApiShape(API, this.#definition), tags: {} } }),
    GetResources: () => ({ status: 200, body: { items: resourceShapes(this.#definition) } }),
    GetModels: () => list(this.#definition.models, (model) => ({ ...entityShape(model), id: model.name })),
    GetAuthorizers: () => list(this.#definition.authorizers, entityShape),
    GetRequestValidators: () => list(this.#definition.requestValidators, entityShape),
    GetMethod: (params) => ({
      status: 200,
      body: methodShape(this.#method(params), String(params.resourceId)),
    }),
    GetMethodResponse: (params) => {
      const response = this.#method(params).methodResponses[String(params.statusCode)];
      if (!response) throw new Error("Invalid Response status code specified");
      return { status: 200, body: entityShape(response) };
    },
    GetIntegration: (params) => {
      const integration = this.#method(params).methodIntegration;
      if (!integration) throw new Error("Invalid Integration identifier specified");
      return { status: 200, body: integrationShape(integration, String(params.resourceId)) };
    },
    GetIntegrationResponse: (params) => {
      const response =
        this.#method(params).methodIntegration?.integrationResponses[String(params.statusCode)];
      if (!response) throw new Error("Invalid Response status code specified");
      return { status: 200, body: integrationResponseShape(response) };
    },
    CreateDeployment: () => {
      this.#deployed = this.#definition;
      return { status: 201 };
    },
    CreateDocumentationPart: (params) => this.#createPart(params),
    UpdateDocumentationPart: (params) => this.#updatePart(params),
    DeleteDocumentationPart: (params) => this.#deletePart(params),
    GetDocumentationPart: (params) => ({
      status: 200,
      body: partShape(this.#part(params.documentationPartId)),
    }),
    GetDocumentationParts: () => ({
      status: 200,
      body: { items: this.#definition.documentationParts.map(partShape) },
    }),
    GetExport: (params) => this.#export(params),
  };

  /** Null for an operation that is not the domain's. Errors of the domain are thrown. */
  call(op: string, params: Params): Answer | null {
    const operation = this.#operations[op];
    if (!operation || ("restApiId" in params && params.restApiId !== API)) return null;
    return operation(params);
  }

  #newId = () => `id${this.#ids++}`;

  #create(params: Params): Answer {
    this.#definition = {
      ...emptyDefinition({ name: String(params.name), rootId: this.#newId() }),
      binaryMediaTypes: (params.binaryMediaTypes as string[] | undefined) ?? [],
    };
    this.#definition.endpointConfiguration = { types: ["EDGE"], ipAddressType: "ipv4", vpcEndpointIds: [] };
    return { status: 201, body: restApiShape(API, this.#definition) };
  }

  #read(params: Params) {
    return readAwsImport({
      body: String(params.body),
      ids: this.#newId,
      apiId: API,
      parameters: params.parameters as Record<string, string> | undefined,
      failOnWarnings: params.failOnWarnings === true,
    });
  }

  #import(params: Params): Answer {
    const { definition } = this.#read(params);
    this.#definition = definition;
    return { status: 201, body: restApiShape(API, definition) };
  }

  #put(params: Params): Answer {
    const { definition, warnings } = this.#read(params);
    const name = params.mode === "overwrite" ? "replace-definition" : "merge-definition";
    this.#apply({ name, input: { definition } });
    const shape = { ...restApiShape(API, this.#definition), tags: {} };
    return { status: 200, body: warnings.length > 0 ? { ...shape, warnings } : shape };
  }

  #createPart(params: Params): Answer {
    const id = this.#newId();
    const part = { id, location: params.location, properties: params.properties };
    this.#apply({ name: "put-documentation-part", input: { part } });
    return { status: 201, body: partShape(this.#part(id)) };
  }

  #updatePart(params: Params): Answer | null {
    const id = String(params.documentationPartId);
    const known = this.#part(id);
    const operations = params.patchOperations as { op: string; path: string; value: string }[];
    const [operation] = operations;
    if (operation?.op !== "replace" || operation.path !== "/properties") return null;
    this.#apply({
      name: "put-documentation-part",
      input: { part: { ...known, properties: operation.value } },
    });
    return { status: 200, body: partShape(this.#part(id)) };
  }

  #deletePart(params: Params): Answer {
    this.#apply({ name: "delete-documentation-part", input: { id: params.documentationPartId } });
    return { status: 202 };
  }

  #part(id: unknown): DocumentationPart {
    const part = this.#definition.documentationParts.find((one) => one.id === id);
    if (!part) throw new Error("Invalid Documentation part identifier specified");
    return part;
  }

  #apply(call: EditCall): void {
    this.#definition = applyEdits(this.#definition, [call]).definition;
  }

  #method(params: Params): Method {
    const resource = this.#definition.resources[String(params.resourceId)];
    const method = resource?.resourceMethods[params.httpMethod as "GET"];
    if (!method) throw new Error("Invalid Method identifier specified");
    return method;
  }

  #export(params: Params): Answer {
    const { body, ...headers } = exportForAws(this.#deployed, {
      apiId: API,
      region: "us-east-1",
      stageName: String(params.stageName),
      exportType: String(params.exportType),
      parameters: params.parameters as Record<string, string> | undefined,
      createdDate: "date",
    });
    return { status: 200, body: { ...headers, body: JSON.parse(body) } };
  }
}

const partShape = ({ id, location, properties }: DocumentationPart) => ({
  id,
  location: entityShape(location),
  properties,
});

function list<T extends { name: string }>(entities: Record<string, T>, shape: (entity: T) => object): Answer {
  const items = Object.values(entities).sort((a, b) => (a.name < b.name ? -1 : 1));
  return { status: 200, body: { items: items.map(shape) } };
}
