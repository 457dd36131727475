import { type Call, type Handlers, handler, type PageInput, type PatchInput } from "@/server/aws/call";
import { applyPatch, LISTING_WORDING, type PatchTable } from "@/server/aws/patch/apply-patch";
import { textRule } from "@/server/aws/patch/patch-rules";
import { badRequest, notFound } from "@/server/aws/protocol/aws-error";
import { pageOf } from "@/server/aws/protocol/page";
import { readTags, type Tags, writeTags } from "@/server/aws/stored-tags";
import { present } from "@/server/aws/views/present";
import { newId } from "@/server/services/new-id";
import { deleteStored, putStored } from "@/server/services/stored-resource/change-stored";
import {
  getStored,
  listStored,
  type Stored,
  type StoredKey,
} from "@/server/services/stored-resource/stored-resource";

type LinkInput = { vpcLinkId: string };
type Link = {
  name: string;
  description: string;
  targetArns: string[];
  /** Epoch milliseconds: as on AWS, a deleted link is seen as DELETING for a moment. */
  deletedAt?: number;
};
const DELETING_MS = 2_000;

const VPC_LINK_PATCH: PatchTable<Link> = {
  wording: LISTING_WORDING,
  rules: [textRule("name"), textRule("description")],
};

/** VPC links are kept and given back; integrations may name them. Here a network is reached without one. */
export const vpcLinkHandlers: Handlers = {
  CreateVpcLink: handler<{ name: string; description?: string; targetArns: string[]; tags?: Tags }>(
    async (call) => {
      const { name, description = "", targetArns, tags } = call.input;
      if (name === "") throw badRequest("Name cannot be empty");
      const bad = targetArns.find((arn) => !/^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+/.test(arn));
      if (bad !== undefined) throw badRequest(`Invalid ARN. ARN is not well formed ${bad}`);
      const id = newId();
      const link: Link = { name, description, targetArns };
      await putStored(call.actor, keyOf(id), link);
      await writeTags(call, tagPath(id), tags);
      return {
        ...linkView({ id, document: link }),
        status: "PENDING",
        statusMessage: undefined,
        tags: present(tags),
      };
    },
  ),

  GetVpcLinks: handler<PageInput>(async (call) => {
    const links = await listStored(call.actor, { kind: "vpc-link" });
    const { item, ...page } = pageOf(
      links.filter((link) => !isGone(link)),
      call.input,
    );
    return { item: item.map(linkView), ...page };
  }),

  GetVpcLink: handler<LinkInput>(async (call) => viewOf(call)),

  UpdateVpcLink: handler<LinkInput & PatchInput>(async (call) => {
    const { document } = await requireLink(call);
    const link = applyPatch(VPC_LINK_PATCH, document as Link, call.input.patchOperations);
    if (link.name === "") throw badRequest("Name cannot be empty");
    await putStored(call.actor, keyOf(call.input.vpcLinkId), link);
    return viewOf(call);
  }),

  DeleteVpcLink: handler<LinkInput>(async (call) => {
    const { id, document } = await requireLink(call);
    await putStored(call.actor, keyOf(id), { ...document, deletedAt: Date.now() });
    await writeTags(call, tagPath(id), {});
  }),
};

const keyOf = (id: string): StoredKey => ({ kind: "vpc-link", id });
const tagPath = (id: string) => `/vpclinks/${id}`;

async function requireLink(call: Call<LinkInput>): Promise<Stored> {
  const link = await getStored(call.actor, keyOf(call.input.vpcLinkId));
  if (link && !isGone(link)) return link;
  if (link) await deleteStored(call.actor, keyOf(link.id));
  throw notFound("Invalid Vpc Link identifier specified");
}

function isGone({ document }: Pick<Stored, "document">): boolean {
  const { deletedAt } = document as Link;
  return deletedAt !== undefined && Date.now() - deletedAt > DELETING_MS;
}

async function viewOf(call: Call<LinkInput>) {
  const link = await requireLink(call);
  return { ...linkView(link), tags: await readTags(call, tagPath(link.id)) };
}

function linkView({ id, document }: Pick<Stored, "id" | "document">) {
  const { name, description, targetArns, deletedAt } = document as Link;
  return {
    id,
    name,
    description: present(description),
    targetArns,
    status: deletedAt === undefined ? "AVAILABLE" : "DELETING",
    statusMessage: deletedAt === undefined ? "Your vpc link is ready for use" : undefined,
  };
}
