import { createPrivateKey, X509Certificate } from "node:crypto";
import {
  APIGatewayClient,
  CreateBasePathMappingCommand,
  CreateDeploymentCommand,
  CreateDomainNameAccessAssociationCommand,
  CreateDomainNameCommand,
  CreateRestApiCommand,
  DeleteBasePathMappingCommand,
  DeleteClientCertificateCommand,
  DeleteDomainNameAccessAssociationCommand,
  DeleteDomainNameCommand,
  GenerateClientCertificateCommand,
  GetBasePathMappingCommand,
  GetBasePathMappingsCommand,
  GetClientCertificateCommand,
  GetClientCertificatesCommand,
  GetDomainNameAccessAssociationsCommand,
  GetDomainNameCommand,
  GetDomainNamesCommand,
  PutIntegrationCommand,
  PutMethodCommand,
  RejectDomainNameAccessAssociationCommand,
  UpdateBasePathMappingCommand,
  UpdateClientCertificateCommand,
  UpdateDomainNameCommand,
  UpdateStageCommand,
} from "@aws-sdk/client-api-gateway";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { selfSignedCertificate } from "@/server/adapters/certificates/self-signed-certificate";
import { database } from "@/server/db/client";
import { accessKeyBox } from "@/server/db/secret-box";
import { createAccessKey } from "@/server/services/access-key/create-key";
import { startAwsEndpoint } from "@/server/testing/aws-endpoint";
import { createTestWorkspace } from "@/server/testing/test-workspace";

const CERTIFICATE = "arn:aws:acm:us-east-1:000000000000:certificate/1";

let endpoint: Awaited<ReturnType<typeof startAwsEndpoint>>;
let client: APIGatewayClient;
let restApiId: string;

beforeAll(async () => {
  const { owner } = await createTestWorkspace();
  endpoint = await startAwsEndpoint();
  const credentials = await createAccessKey(owner, { name: "domains", role: "owner" });
  client = new APIGatewayClient({ endpoint: endpoint.url, region: "us-east-1", credentials, maxAttempts: 1 });
  const api = await client.send(new CreateRestApiCommand({ name: "Pets" }));
  restApiId = api.id as string;
  const method = { restApiId, resourceId: api.rootResourceId, httpMethod: "GET" };
  await client.send(new PutMethodCommand({ ...method, authorizationType: "NONE" }));
  await client.send(new PutIntegrationCommand({ ...method, type: "MOCK" }));
  await client.send(new CreateDeploymentCommand({ restApiId, stageName: "prod" }));
});

afterAll(() => endpoint?.stop());

describe("client certificates", () => {
  it("are real, self-signed for a year, described, tagged, listed and deleted; their key is kept sealed", async () => {
    const made = await client.send(
      new GenerateClientCertificateCommand({ description: "one", tags: { team: "pets" } }),
    );
    const { clientCertificateId, pemEncodedCertificate = "" } = made;
    const certificate = new X509Certificate(pemEncodedCertificate);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(made.tags).toEqual({ team: "pets" });
    expect((made.expirationDate as Date).getTime() - (made.createdDate as Date).getTime()).toBeGreaterThan(
      364 * 86_400_000,
    );
    const row = await database().storedResource.findFirstOrThrow({
      where: { kind: "client-certificate", id: clientCertificateId },
    });
    const { keyCipher } = row.document as { keyCipher: string };
    const key = accessKeyBox().open(keyCipher, `client-certificate/${clientCertificateId}`);
    expect(certificate.checkPrivateKey(createPrivateKey(key as string))).toBe(true);
    const patchOperations = [{ op: "replace" as const, path: "/description", value: "two" }];
    await client.send(new UpdateClientCertificateCommand({ clientCertificateId, patchOperations }));
    const { items } = await client.send(new GetClientCertificatesCommand({}));
    expect(items).toMatchObject([{ clientCertificateId, description: "two" }]);
    expect(JSON.stringify(items)).not.toContain("Cipher");
    await client.send(new DeleteClientCertificateCommand({ clientCertificateId }));
    await expect(client.send(new GetClientCertificateCommand({ clientCertificateId }))).rejects.toMatchObject(
      {
        name: "NotFoundException",
      },
    );
  });
});

describe("a client certificate on a stage", () => {
  const show = (value: string) =>
    client.send(
      new UpdateStageCommand({
        restApiId,
        stageName: "prod",
        patchOperations: [{ op: "replace", path: "/clientCertificateId", value }],
      }),
    );

  it("is a setting of the stage, must exist, and cannot be deleted while it is one; gateways are told of it", async () => {
    await expect(show("nobodys")).rejects.toThrow("Invalid Client Certificate identifier");
    const { clientCertificateId = "" } = await client.send(new GenerateClientCertificateCommand({}));
    expect(await show(clientCertificateId)).toMatchObject({ clientCertificateId });
    const { config } = await database().stage.findFirstOrThrow({ where: { apiId: restApiId, name: "prod" } });
    expect(config).toMatchObject({ clientCertificateId });
    const gone = new DeleteClientCertificateCommand({ clientCertificateId });
    await expect(client.send(gone)).rejects.toThrow("Pets › prod");
    expect(await show("")).not.toHaveProperty("clientCertificateId");
    await client.send(gone);
    const told = await database().configChange.findMany({ where: { kind: "client-certificate" } });
    expect(told.filter(({ subject }) => subject.endsWith(`/${clientCertificateId}`))).toHaveLength(2);
  });
});

describe("domain names", () => {
  it("have AWS's shape: by kind of end point, with defaults", async () => {
    const edge = await client.send(
      new CreateDomainNameCommand({ domainName: "edge.example.com", certificateArn: CERTIFICATE }),
    );
    expect(edge).toMatchObject({
      domainName: "edge.example.com",
      distributionDomainName: expect.stringMatching(/^d[0-9a-z]{13}\.cloudfront\.net$/),
      endpointConfiguration: { types: ["EDGE"], ipAddressType: "ipv4" },
      domainNameStatus: "AVAILABLE",
      securityPolicy: "TLS_1_2",
      routingMode: "BASE_PATH_MAPPING_ONLY",
    });
    expect(edge.regionalDomainName).toBeUndefined();
    const regional = await client.send(
      new CreateDomainNameCommand({
        domainName: "api.example.com",
        regionalCertificateArn: CERTIFICATE,
        endpointConfiguration: { types: ["REGIONAL"] },
        mutualTlsAuthentication: { truststoreUri: "s3://bucket/trust.pem" },
        tags: { team: "pets" },
      }),
    );
    expect(regional).toMatchObject({
      regionalDomainName: expect.stringMatching(/^d-[0-9a-z]{10}\.execute-api\.us-east-1\.amazonaws\.com$/),
      mutualTlsAuthentication: { truststoreUri: "s3://bucket/trust.pem" },
      tags: { team: "pets" },
    });
    const { items } = await client.send(new GetDomainNamesCommand({}));
    expect(items?.map(({ domainName }) => domainName)).toEqual(["edge.example.com", "api.example.com"]);
  });

  it("are patched by AWS's rules", async () => {
    const domainName = "patched.example.com";
    await client.send(new CreateDomainNameCommand({ domainName, certificateArn: CERTIFICATE }));
    const patch = (
      ...patchOperations: { op: "add" | "remove" | "replace"; path: string; value?: string }[]
    ) => client.send(new UpdateDomainNameCommand({ domainName, patchOperations }));
    const changed = await patch(
      { op: "add", path: "/regionalCertificateArn", value: CERTIFICATE },
      { op: "replace", path: "/endpointConfiguration/types/EDGE", value: "REGIONAL" },
      { op: "replace", path: "/securityPolicy", value: "TLS_1_0" },
      { op: "replace", path: "/endpointConfiguration/ipAddressType", value: "dualstack" },
      { op: "add", path: "/mutualTlsAuthentication/truststoreUri", value: "s3://b/k" },
    );
    expect(changed).toMatchObject({
      endpointConfiguration: { types: ["REGIONAL"], ipAddressType: "dualstack" },
      securityPolicy: "TLS_1_0",
      mutualTlsAuthentication: { truststoreUri: "s3://b/k" },
    });
    const bare = await patch({ op: "remove", path: "/mutualTlsAuthentication/truststoreUri" });
    expect(bare.mutualTlsAuthentication).toBeUndefined();
    await expect(patch({ op: "replace", path: "/domainName", value: "x" })).rejects.toThrow(
      "Invalid patch path /domainName",
    );
    await expect(patch({ op: "remove", path: "/regionalCertificateArn" })).rejects.toThrow(
      "A certificate must be",
    );
    const both = await patch({ op: "add", path: "/endpointConfiguration/types", value: "EDGE" });
    expect(both.endpointConfiguration?.types).toEqual(["REGIONAL", "EDGE"]);
  });

  it.each([
    [{ domainName: "no name", certificateArn: CERTIFICATE }, "Invalid domain name specified"],
    [{ domainName: "a.example.com" }, "A certificate must be specified"],
    [{ domainName: "a.example.com", certificateArn: "arn:nothing" }, "Invalid certificate ARN"],
    [
      {
        domainName: "a.example.com",
        certificateArn: CERTIFICATE,
        mutualTlsAuthentication: { truststoreUri: "s3://b/k" },
      },
      "Mutual TLS",
    ],
    [{ domainName: "a.example.com", certificateArn: CERTIFICATE, policy: "{}" }, "A policy can be"],
  ])("are refused when they are wrong: %j", async (input, message) => {
    await expect(client.send(new CreateDomainNameCommand(input))).rejects.toThrow(message);
  });

  it("take a certificate with its key, which is checked and kept sealed", async () => {
    const until = new Date(Date.now() + 86_400_000);
    const of = { commonName: "own.example.com", from: new Date(), until, dnsNames: ["own.example.com"] };
    const [mine, other] = await Promise.all([selfSignedCertificate(of), selfSignedCertificate(of)]);
    const create = (certificatePrivateKey: string) =>
      client.send(
        new CreateDomainNameCommand({
          domainName: "own.example.com",
          certificateBody: mine.certificatePem,
          certificatePrivateKey,
          endpointConfiguration: { types: ["REGIONAL"] },
        }),
      );
    await expect(create(other.privateKeyPem)).rejects.toThrow("does not belong to the certificate");
    const made = await create(mine.privateKeyPem);
    expect(made.regionalCertificateName).toBe("own.example.com-uploaded");
    expect(JSON.stringify(made)).not.toContain("PRIVATE KEY");
    const where = { kind: "domain-name", id: "own.example.com" };
    const { document } = await database().storedResource.findFirstOrThrow({ where });
    expect(JSON.stringify(document)).not.toContain("PRIVATE KEY");
    expect(document).toMatchObject({ certificate: { certificatePem: mine.certificatePem } });
    const change = { kind: "domain", subject: "own.example.com" };
    expect(await database().configChange.count({ where: change })).toBe(1);
  });

  it("are there once, whatever the case of their letters", async () => {
    const create = (domainName: string) =>
      client.send(new CreateDomainNameCommand({ domainName, certificateArn: CERTIFICATE }));
    await create("twice.example.com");
    await expect(create("Twice.example.com")).rejects.toMatchObject({
      name: "ConflictException",
      message: "The domain name you provided already exists.",
    });
  });
});

describe("base path mappings", () => {
  const domainName = "mapped.example.com";

  it("are made, moved, listed and go with their domain name", async () => {
    await client.send(new CreateDomainNameCommand({ domainName, certificateArn: CERTIFICATE }));
    const none = await client.send(new CreateBasePathMappingCommand({ domainName, restApiId }));
    expect(none).toMatchObject({ basePath: "(none)", restApiId });
    const named = { domainName, basePath: "v1", restApiId, stage: "prod" };
    await client.send(new CreateBasePathMappingCommand(named));
    await expect(client.send(new CreateBasePathMappingCommand(named))).rejects.toMatchObject({
      name: "ConflictException",
      message: "Base path already exists for this domain name",
    });
    const move = (basePath: string, value: string) =>
      client.send(
        new UpdateBasePathMappingCommand({
          domainName,
          basePath,
          patchOperations: [{ op: "replace", path: "/basepath", value }],
        }),
      );
    expect(await move("v1", "v2")).toMatchObject({ basePath: "v2", stage: "prod" });
    await expect(move("v2", "")).rejects.toMatchObject({ name: "ConflictException" });
    await expect(client.send(new GetBasePathMappingCommand({ domainName, basePath: "v1" }))).rejects.toThrow(
      "Invalid base path mapping identifier specified",
    );
    await client.send(new DeleteBasePathMappingCommand({ domainName, basePath: "(none)" }));
    const { items } = await client.send(new GetBasePathMappingsCommand({ domainName }));
    expect(items?.map(({ basePath }) => basePath)).toEqual(["v2"]);
    await client.send(new DeleteDomainNameCommand({ domainName }));
    await expect(client.send(new GetBasePathMappingsCommand({ domainName }))).rejects.toThrow(
      "Invalid domain name identifier specified",
    );
    await client.send(new CreateDomainNameCommand({ domainName, certificateArn: CERTIFICATE }));
    expect((await client.send(new GetBasePathMappingsCommand({ domainName }))).items).toEqual([]);
  });

  it.each([
    [{ basePath: "a/b" }, "doesn't support the slash character"],
    [{ restApiId: "nobody" }, "Invalid REST API identifier specified"],
    [{ stage: "nowhere" }, "Invalid stage identifier specified"],
  ])("are refused when they are wrong: %j", async (more, message) => {
    const mapping = new CreateBasePathMappingCommand({ domainName: "edge.example.com", restApiId, ...more });
    await expect(client.send(mapping)).rejects.toThrow(message);
  });
});

describe("access associations of private domain names", () => {
  it("are made for a VPC end point, listed, deleted and rejected", async () => {
    const domain = await client.send(
      new CreateDomainNameCommand({
        domainName: "private.example.com",
        certificateArn: CERTIFICATE,
        endpointConfiguration: { types: ["PRIVATE"] },
        policy: "{}",
      }),
    );
    const { domainNameArn = "", domainNameId = "" } = domain;
    expect(domain.endpointConfiguration).toMatchObject({ types: ["PRIVATE"], ipAddressType: "dualstack" });
    const found = new GetDomainNameCommand({ domainName: "private.example.com", domainNameId });
    expect(await client.send(found)).toMatchObject({ domainNameArn });
    const create = new CreateDomainNameAccessAssociationCommand({
      domainNameArn,
      accessAssociationSourceType: "VPCE",
      accessAssociationSource: "vpce-0123",
    });
    const { domainNameAccessAssociationArn: arn = "" } = await client.send(create);
    expect(arn).toMatch(/\/domainname\/private\.example\.com\+[a-z0-9]{10}\/vpcesource\/vpce-0123$/);
    await expect(client.send(create)).rejects.toMatchObject({ name: "ConflictException" });
    const { items } = await client.send(new GetDomainNameAccessAssociationsCommand({}));
    expect(items).toMatchObject([{ domainNameAccessAssociationArn: arn, domainNameArn }]);
    const remove = new DeleteDomainNameAccessAssociationCommand({ domainNameAccessAssociationArn: arn });
    await client.send(remove);
    await expect(client.send(remove)).rejects.toMatchObject({ name: "NotFoundException" });
    await client.send(create);
    const reject = { domainNameAccessAssociationArn: arn, domainNameArn };
    await client.send(new RejectDomainNameAccessAssociationCommand(reject));
    expect((await client.send(new GetDomainNameAccessAssociationsCommand({}))).items).toEqual([]);
  });
});
