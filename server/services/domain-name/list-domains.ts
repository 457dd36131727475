import { X509Certificate } from "node:crypto";
import { database } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import { environment } from "@/server/env";
import { authorize } from "@/server/services/authorize";
import { type DomainDocument, securityPolicyOf } from "./domain-document";

export type DomainMappingView = {
  /** "" is the root. */
  basePath: string;
  apiId: string;
  /** Null: the API is gone. */
  apiName: string | null;
  /** Null: the next part of the path names the stage. */
  stageName: string | null;
  /** False also if the API is gone. */
  isStageThere: boolean;
};

export type CertificateView = {
  certificatePem: string;
  /** What it says of itself: `CN=api.example.com`. */
  subject: string;
  issuer: string;
  /** ISO 8601. */
  expiresAt: string;
  isSelfSigned: boolean;
  /** False: clients that check names refuse it. */
  coversName: boolean;
};

export type DomainView = {
  domainName: string;
  createdAt: Date;
  securityPolicy: string;
  /** Null: the gateway's own is shown. */
  certificate: CertificateView | null;
  /** What mutual TLS holds clients' certificates against; null: clients need none. */
  truststore: { certificates: number; uri: string | null } | null;
  mappings: DomainMappingView[];
};

export type DomainList = {
  domains: DomainView[];
  /** Where the gateway listens; null for TLS: it does not. */
  gateway: { host: string; port: number; tlsPort: number | null };
};

/** The workspace's custom domain names, private ones left out: they are only kept for AWS's clients. */
export async function listDomains(actor: Actor): Promise<DomainList> {
  authorize(actor, "api:read");
  const { workspaceId } = actor;
  const [rows, mappings, apis] = await Promise.all([
    database().storedResource.findMany({
      where: { workspaceId, kind: "domain-name", NOT: { id: { contains: "+" } } },
      orderBy: { id: "asc" },
      select: { id: true, document: true, createdAt: true },
    }),
    database().storedResource.findMany({
      where: { workspaceId, kind: "base-path-mapping" },
      orderBy: [{ parentId: "asc" }, { id: "asc" }],
      select: { parentId: true, document: true },
    }),
    database().api.findMany({
      where: { workspaceId, deletedAt: null },
      select: { id: true, name: true, stages: { select: { name: true } } },
    }),
  ]);
  const known = new Map(apis.map((api) => [api.id, api]));
  const view = ({ document }: { document: unknown }): DomainMappingView => {
    const { basePath, restApiId, stage } = document as {
      basePath: string;
      restApiId: string;
      stage: string | null;
    };
    const api = known.get(restApiId);
    const isStageThere = api !== undefined && (!stage || api.stages.some(({ name }) => name === stage));
    const path = basePath === "(none)" ? "" : basePath;
    return {
      basePath: path,
      apiId: restApiId,
      apiName: api?.name ?? null,
      stageName: stage || null,
      isStageThere,
    };
  };
  const { host, gatewayPort, tlsPort = null } = environment();
  return {
    gateway: { host, port: gatewayPort, tlsPort },
    domains: rows.map(({ id, document, createdAt }) => ({
      ...domainView(id, document as unknown as DomainDocument),
      createdAt,
      mappings: mappings.filter(({ parentId }) => parentId === id).map(view),
    })),
  };
}

function domainView(domainName: string, document: DomainDocument) {
  const { certificate, truststorePem, truststoreUri } = document;
  const certificates = truststorePem?.match(/-----BEGIN CERTIFICATE-----/g)?.length ?? 0;
  return {
    domainName,
    securityPolicy: securityPolicyOf(document),
    certificate: certificate ? certificateView(certificate.certificatePem, domainName) : null,
    truststore: truststoreUri || truststorePem ? { certificates, uri: truststoreUri } : null,
  };
}

function certificateView(certificatePem: string, domainName: string): CertificateView {
  const certificate = new X509Certificate(certificatePem);
  // A certificate for `*.example.com` is asked for a name below it.
  const host = domainName.replace(/^\*/, "any-name");
  return {
    certificatePem,
    subject: certificate.subject,
    issuer: certificate.issuer,
    expiresAt: new Date(certificate.validTo).toISOString(),
    isSelfSigned: certificate.checkIssued(certificate),
    coversName: certificate.checkHost(host) !== undefined,
  };
}
