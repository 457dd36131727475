import { type Call, type Handlers, handler, type PageInput } from "@/server/aws/call";
import { badRequest, conflict, notFound } from "@/server/aws/protocol/aws-error";
import { pageOf } from "@/server/aws/protocol/page";
import { readTags, type Tags, writeTags } from "@/server/aws/stored-tags";
import { authorize } from "@/server/services/authorize";
import { deleteStored, putStored } from "@/server/services/stored-resource/change-stored";
import {
  getStored,
  listStored,
  type Stored,
  type StoredKey,
} from "@/server/services/stored-resource/stored-resource";
import { domainKey } from "./find-domain";

type Association = {
  domainNameArn: string;
  accessAssociationSourceType: string;
  accessAssociationSource: string;
};

const UNKNOWN = "Invalid domain name access association identifier specified";

/** Associations of private domain names with VPC end points are kept and given back. */
export const accessAssociationHandlers: Handlers = {
  CreateDomainNameAccessAssociation: handler<Association & { tags?: Tags }>(async (call) => {
    const { domainNameArn, accessAssociationSourceType, accessAssociationSource, tags } = call.input;
    const name = await requirePrivateDomain(call, domainNameArn);
    if (!/^vpce-[0-9a-z]+$/.test(accessAssociationSource))
      throw badRequest(`Invalid access association source specified: ${accessAssociationSource}`);
    const path = `/domainnameaccessassociations/domainname/${name}/vpcesource/${accessAssociationSource}`;
    const arn = `arn:aws:apigateway:${call.region}:${call.accountId}:${path}`;
    if (await getStored(call.actor, keyOf(arn)))
      throw conflict("The domain name access association already exists.");
    const document: Association = { domainNameArn, accessAssociationSourceType, accessAssociationSource };
    await putStored(call.actor, keyOf(arn), document);
    await writeTags(call, path, tags);
    return associationView(call, { id: arn, document });
  }),

  GetDomainNameAccessAssociations: handler<PageInput & { resourceOwner?: string }>(async (call) => {
    const isOwn = call.input.resourceOwner !== "OTHER_ACCOUNTS";
    const all = isOwn ? await listStored(call.actor, { kind: "domain-name-access-association" }) : [];
    const { item, ...page } = pageOf(all, call.input);
    return { item: await Promise.all(item.map((one) => associationView(call, one))), ...page };
  }),

  DeleteDomainNameAccessAssociation: handler<{ domainNameAccessAssociationArn: string }>(async (call) =>
    remove(call, call.input.domainNameAccessAssociationArn),
  ),

  RejectDomainNameAccessAssociation: handler<{
    domainNameAccessAssociationArn: string;
    domainNameArn: string;
  }>(async (call) => {
    const { domainNameAccessAssociationArn: arn, domainNameArn } = call.input;
    const stored = await getStored(call.actor, keyOf(arn));
    if (stored && stored.document.domainNameArn !== domainNameArn) throw notFound(UNKNOWN);
    await remove(call, arn);
  }),
};

const keyOf = (arn: string): StoredKey => ({ kind: "domain-name-access-association", id: arn });
const pathOf = (arn: string) => arn.slice(arn.indexOf(":/") + 1);

async function remove(call: Call<unknown>, arn: string): Promise<void> {
  if (!(await deleteStored(call.actor, keyOf(arn)))) throw notFound(UNKNOWN);
  await writeTags(call, pathOf(arn), {});
}

/** The name and id of a private domain name, as its ARN has them. */
async function requirePrivateDomain(call: Call<unknown>, arn: string): Promise<string> {
  authorize(call.actor, "api:read");
  const [, name, id] = /^arn:[^:]+:apigateway:[^:]*:[^:]*:\/domainnames\/([^/+]+)\+([^/+]+)$/.exec(arn) ?? [];
  if (!name || !id) throw badRequest("Invalid ARN specified: it must be that of a private domain name");
  const stored = await getStored(call.actor, domainKey(`${name.toLowerCase()}+${id}`));
  if (!stored) throw notFound("Invalid domain name identifier specified");
  return `${name}+${id}`;
}

async function associationView(call: Call<unknown>, { id, document }: Pick<Stored, "id" | "document">) {
  return {
    domainNameAccessAssociationArn: id,
    ...(document as Association),
    tags: await readTags(call, pathOf(id)),
  };
}
