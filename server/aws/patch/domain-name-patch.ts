import { badRequest } from "@/server/aws/protocol/aws-error";
import { ENUMS } from "@/server/aws/protocol/shapes";
import type { DomainDocument } from "@/server/services/domain-name/domain-document";
import { type PatchRule, type PatchTable, PLAIN_WORDING } from "./apply-patch";
import { textRule, wordRule } from "./patch-rules";

const ALL = ["add", "remove", "replace"] as const;
const words = (name: string) => ENUMS[name] as readonly string[];

/** Source: the API reference's patch operations. */
export const DOMAIN_NAME_PATCH: PatchTable<DomainDocument> = {
  wording: PLAIN_WORDING,
  rules: [
    certificateRule("certificateName"),
    certificateRule("certificateArn"),
    certificateRule("regionalCertificateName"),
    certificateRule("regionalCertificateArn"),
    textRule("ownershipVerificationCertificateArn", null, ALL),
    textRule("securityPolicy", null),
    wordRule("endpointAccessMode", words("EndpointAccessMode")),
    wordRule("routingMode", words("RoutingMode")),
    textRule("policy", null),
    textRule("managementPolicy", null),
    truststoreRule("truststoreUri"),
    truststoreRule("truststoreVersion"),
    {
      path: "/endpointConfiguration/types",
      ops: ["add", "remove"],
      apply: ({ endpointConfiguration: endpoint }, { op, value }) =>
        changeTypes(endpoint, value, op === "add"),
    },
    {
      // As Terraform sends it: the type that is replaced is the key.
      path: "/endpointConfiguration/types/*",
      ops: ["replace"],
      apply: ({ endpointConfiguration: endpoint }, { keys, value }) => {
        const [key = ""] = keys;
        const replaced = /^\d+$/.test(key) ? endpoint.types[Number(key)] : key;
        changeTypes(endpoint, value, true);
        if (replaced !== value) endpoint.types = endpoint.types.filter((type) => type !== replaced);
      },
    },
    {
      path: "/endpointConfiguration/ipAddressType",
      ops: ["replace"],
      apply: (domain, { value }) => {
        domain.endpointConfiguration.ipAddressType = value ?? "";
      },
    },
  ],
};

function changeTypes(
  endpoint: DomainDocument["endpointConfiguration"],
  value: string | undefined,
  isAdded: boolean,
) {
  if (!value || !words("EndpointType").includes(value))
    throw badRequest("Invalid EndpointTypes specified. Valid options are REGIONAL,EDGE,PRIVATE");
  const others = endpoint.types.filter((type) => type !== value);
  endpoint.types = isAdded ? [...others, value] : others;
}

type Named = "certificateName" | "certificateArn" | "regionalCertificateName" | "regionalCertificateArn";

function certificateRule(name: Named): PatchRule<DomainDocument> {
  return {
    path: `/${name}`,
    ops: ALL,
    apply: (domain, { op, value }) => {
      domain[name] = op === "remove" ? null : (value ?? null);
      domain.certificateAt = new Date().toISOString();
    },
  };
}

function truststoreRule(name: "truststoreUri" | "truststoreVersion"): PatchRule<DomainDocument> {
  return {
    path: `/mutualTlsAuthentication/${name}`,
    ops: ALL,
    apply: (domain, { op, value }) => {
      const before = domain[name];
      domain[name] = op === "remove" || !value ? null : value;
      // What was read from the other address says nothing of this one: until it is set nobody gets in.
      if (domain[name] !== before) domain.truststorePem = null;
      if (domain.truststoreUri === null) domain.truststoreVersion = null;
    },
  };
}
