type PolicyExample = { readonly label: string; readonly hint: string; readonly policy: object };

const invoke = { Action: "execute-api:Invoke", Resource: "execute-api:/*" };
const everybody = { Effect: "Allow", Principal: "*", ...invoke };

/** Where to start from: the three that are asked for most. Addresses are those reserved for documentation. */
export const POLICY_EXAMPLES: Readonly<Record<string, PolicyExample>> = {
  allow: {
    label: "Only some addresses",
    hint: "an allow list",
    policy: {
      Version: "2012-10-17",
      Statement: [
        everybody,
        {
          Effect: "Deny",
          Principal: "*",
          ...invoke,
          Condition: { NotIpAddress: { "aws:SourceIp": ["192.0.2.0/24", "2001:db8::/32"] } },
        },
      ],
    },
  },
  deny: {
    label: "All but some addresses",
    hint: "a deny list",
    policy: {
      Version: "2012-10-17",
      Statement: [
        everybody,
        {
          Effect: "Deny",
          Principal: "*",
          ...invoke,
          Condition: { IpAddress: { "aws:SourceIp": ["203.0.113.0/24"] } },
        },
      ],
    },
  },
  path: {
    label: "Nobody on one path",
    hint: "any stage",
    policy: {
      Version: "2012-10-17",
      Statement: [
        everybody,
        {
          Effect: "Deny",
          Principal: "*",
          Action: "execute-api:Invoke",
          Resource: "execute-api:/*/*/internal/*",
        },
      ],
    },
  },
};
