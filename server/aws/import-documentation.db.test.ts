import {
  APIGatewayClient,
  CreateRestApiCommand,
  GetDocumentationPartsCommand,
  ImportDocumentationPartsCommand,
} from "@aws-sdk/client-api-gateway";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createAccessKey } from "@/server/services/access-key/create-key";
import { startAwsEndpoint } from "@/server/testing/aws-endpoint";
import { createTestWorkspace } from "@/server/testing/test-workspace";

let endpoint: Awaited<ReturnType<typeof startAwsEndpoint>>;
let client: APIGatewayClient;

beforeAll(async () => {
  const { owner } = await createTestWorkspace();
  endpoint = await startAwsEndpoint();
  const credentials = await createAccessKey(owner, { name: "Documentation", role: "developer" });
  client = new APIGatewayClient({
    endpoint: endpoint.url,
    region: "eu-central-1",
    credentials,
    maxAttempts: 1,
  });
});

afterAll(() => endpoint?.stop());

it("documentation parts are imported from a document, again without a second one, and not from nonsense", async () => {
  const { id: restApiId } = await client.send(new CreateRestApiCommand({ name: "Documented" }));
  const send = (text: string) =>
    client.send(
      new ImportDocumentationPartsCommand({ restApiId, mode: "merge", body: new TextEncoder().encode(text) }),
    );
  const document = JSON.stringify({
    openapi: "3.0.1",
    info: { title: "Documented" },
    paths: { "/": { get: { description: "Reads", responses: { "200": { description: "Fine" } } } } },
    "x-amazon-apigateway-documentation": {
      documentationParts: [{ location: { type: "API" }, properties: { description: "All" } }],
    },
  });
  const { ids } = await send(document);
  expect(ids).toHaveLength(3);
  expect((await send(document)).ids).toEqual(ids);
  const { items } = await client.send(new GetDocumentationPartsCommand({ restApiId }));
  expect(items?.map(({ location }) => location?.type)).toEqual(["API", "METHOD", "RESPONSE"]);
  await expect(send("{'key:value}")).rejects.toMatchObject({
    name: "BadRequestException",
    message: "Unable to build importer with provided input.",
  });
});
