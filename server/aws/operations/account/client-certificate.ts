import { type Call, type Handlers, handler, type PageInput, type PatchInput } from "@/server/aws/call";
import { applyPatch, type PatchTable, PLAIN_WORDING } from "@/server/aws/patch/apply-patch";
import { textRule } from "@/server/aws/patch/patch-rules";
import { notFound } from "@/server/aws/protocol/aws-error";
import { pageOf } from "@/server/aws/protocol/page";
import { readTags, type Tags, writeTags } from "@/server/aws/stored-tags";
import { present } from "@/server/aws/views/present";
import { accessKeyBox } from "@/server/db/secret-box";
import { authorize } from "@/server/services/authorize";
import { selfSignedCertificate } from "@/server/services/client-certificate/self-signed-certificate";
import { newId } from "@/server/services/new-id";
import { deleteStored, putStored } from "@/server/services/stored-resource/change-stored";
import {
  getStored,
  listStored,
  type Stored,
  type StoredKey,
} from "@/server/services/stored-resource/stored-resource";

type CertificateInput = { clientCertificateId: string };
type Certificate = {
  description: string;
  certificatePem: string;
  /** Sealed under `client-certificate/ID`; no operation gives it out. */
  keyCipher: string;
  expiresAt: string;
};

const VALID_MS = 365 * 86_400_000;

const CERTIFICATE_PATCH: PatchTable<Certificate> = {
  wording: PLAIN_WORDING,
  rules: [textRule("description")],
};

/** Certificates are made and kept for stages to name; the gateway does not show them to back ends yet. */
export const clientCertificateHandlers: Handlers = {
  GenerateClientCertificate: handler<{ description?: string; tags?: Tags }>(async (call) => {
    authorize(call.actor, "api:write");
    const { description = "", tags } = call.input;
    const id = newId();
    const from = new Date();
    const until = new Date(from.getTime() + VALID_MS);
    const { certificatePem, privateKeyPem } = await selfSignedCertificate({
      commonName: "ApiGateway",
      from,
      until,
    });
    const keyCipher = accessKeyBox().seal(privateKeyPem, `client-certificate/${id}`);
    const certificate: Certificate = {
      description,
      certificatePem,
      keyCipher,
      expiresAt: until.toISOString(),
    };
    await putStored(call.actor, keyOf(id), certificate);
    await writeTags(call, tagPath(id), tags);
    return viewOf({ ...call, input: { clientCertificateId: id } });
  }),

  GetClientCertificates: handler<PageInput>(async (call) => {
    const all = await listStored(call.actor, { kind: "client-certificate" });
    const { item, ...page } = pageOf(all, call.input);
    return { item: item.map(certificateView), ...page };
  }),

  GetClientCertificate: handler<CertificateInput>(async (call) => viewOf(call)),

  UpdateClientCertificate: handler<CertificateInput & PatchInput>(async (call) => {
    const { id, document } = await requireCertificate(call);
    const changed = applyPatch(CERTIFICATE_PATCH, document as Certificate, call.input.patchOperations);
    await putStored(call.actor, keyOf(id), changed);
    return viewOf(call);
  }),

  DeleteClientCertificate: handler<CertificateInput>(async (call) => {
    const { id } = await requireCertificate(call);
    await deleteStored(call.actor, keyOf(id));
    await writeTags(call, tagPath(id), {});
  }),
};

const keyOf = (id: string): StoredKey => ({ kind: "client-certificate", id });
const tagPath = (id: string) => `/clientcertificates/${id}`;

async function requireCertificate(call: Call<CertificateInput>): Promise<Stored> {
  const certificate = await getStored(call.actor, keyOf(call.input.clientCertificateId));
  if (!certificate) throw notFound("Invalid Client Certificate identifier specified");
  return certificate;
}

async function viewOf(call: Call<CertificateInput>) {
  const certificate = await requireCertificate(call);
  return { ...certificateView(certificate), tags: await readTags(call, tagPath(certificate.id)) };
}

function certificateView({ id, document, createdAt }: Stored) {
  const { description, certificatePem, expiresAt } = document as Certificate;
  return {
    clientCertificateId: id,
    description: present(description),
    pemEncodedCertificate: certificatePem,
    createdDate: createdAt,
    expirationDate: new Date(expiresAt),
  };
}
