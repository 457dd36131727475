import { type Call, type Handlers, handler, type PageInput, type PatchInput } from "@/server/aws/call";
import { applyPatch, type PatchTable, PLAIN_WORDING } from "@/server/aws/patch/apply-patch";
import { textRule } from "@/server/aws/patch/patch-rules";
import { notFound } from "@/server/aws/protocol/aws-error";
import { pageOf } from "@/server/aws/protocol/page";
import { readTags, type Tags, writeTags } from "@/server/aws/stored-tags";
import { present } from "@/server/aws/views/present";
import { putStored } from "@/server/services/stored-resource/change-stored";
import {
  type ClientCertificate,
  createCertificate,
} from "@/server/services/stored-resource/create-client-certificate";
import { deleteClientCertificate } from "@/server/services/stored-resource/delete-client-certificate";
import {
  getStored,
  listStored,
  type Stored,
  type StoredKey,
} from "@/server/services/stored-resource/stored-resource";

type CertificateInput = { clientCertificateId: string };

const CERTIFICATE_PATCH: PatchTable<ClientCertificate> = {
  wording: PLAIN_WORDING,
  rules: [textRule("description")],
};

/** Certificates that stages show to their HTTP back ends. */
export const clientCertificateHandlers: Handlers = {
  GenerateClientCertificate: handler<{ description?: string; tags?: Tags }>(async (call) => {
    const { description = "", tags } = call.input;
    const { id } = await createCertificate(call.actor, { description });
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
    const changed = applyPatch(CERTIFICATE_PATCH, document as ClientCertificate, call.input.patchOperations);
    await putStored(call.actor, keyOf(id), changed);
    return viewOf(call);
  }),

  DeleteClientCertificate: handler<CertificateInput>(async (call) => {
    const { id } = await requireCertificate(call);
    await deleteClientCertificate(call.actor, id);
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
  const { description, certificatePem, expiresAt } = document as ClientCertificate;
  return {
    clientCertificateId: id,
    description: present(description),
    pemEncodedCertificate: certificatePem,
    createdDate: createdAt,
    expirationDate: new Date(expiresAt),
  };
}
