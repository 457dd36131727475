import { z } from "zod";
import { apiDefinitionSchema } from "@/server/domain/definition";
import { defineEdit } from "@/server/domain/edits/define-edit";
import { withoutDefaults } from "@/server/domain/edits/without-defaults";
import { EditError } from "@/server/domain/errors";

const shape = apiDefinitionSchema.shape;
const ENDPOINT_TYPES = ["REGIONAL", "EDGE", "PRIVATE"];

export const updateApi = defineEdit({
  name: "update-api",
  input: z.strictObject({
    changes: withoutDefaults({
      name: shape.name,
      description: shape.description,
      version: shape.version,
      apiKeySource: shape.apiKeySource,
      binaryMediaTypes: shape.binaryMediaTypes,
      minimumCompressionSize: z.number().nullable(),
      disableExecuteApiEndpoint: shape.disableExecuteApiEndpoint,
      endpointConfiguration: z.strictObject({
        types: z.array(z.string()).default(["REGIONAL"]),
        ipAddressType: z.string().default("ipv4"),
        vpcEndpointIds: z.array(z.string()).default([]),
      }),
      policy: shape.policy,
    }),
  }),
  label: ({ changes }) => `Change the API's ${Object.keys(changes).join(", ") || "settings"}`,
  apply(draft, { changes }) {
    const size = changes.minimumCompressionSize;
    if (typeof size === "number" && (!Number.isInteger(size) || size < 0 || size > 10_485_760)) {
      throw new EditError("BAD_REQUEST", "Invalid minimum compression size, must be between 0 and 10485760", [
        "minimumCompressionSize",
      ]);
    }
    if (changes.endpointConfiguration) checkEndpoint(changes.endpointConfiguration);
    if (typeof changes.policy === "string") checkPolicy(changes.policy);
    const given = Object.entries(changes).filter(([, value]) => value !== undefined);
    Object.assign(draft, Object.fromEntries(given));
  },
});

function checkEndpoint({ types, ipAddressType }: { types: string[]; ipAddressType: string }): void {
  const fail = (message: string): never => {
    throw new EditError("BAD_REQUEST", message, ["endpointConfiguration"]);
  };
  if (types.some((type) => !ENDPOINT_TYPES.includes(type))) {
    fail(`Invalid EndpointTypes specified. Valid options are ${ENDPOINT_TYPES.join(",")}`);
  }
  if (types.length === 0) fail("REGIONAL Configuration and EDGE Configuration cannot be both DISABLED.");
  if (types.length > 1) fail("Cannot create an api with multiple Endpoint Types.");
  if (ipAddressType !== "ipv4" && ipAddressType !== "dualstack") {
    fail("ipAddressType must be either ipv4 or dualstack.");
  }
  if (types[0] === "PRIVATE" && ipAddressType !== "dualstack") {
    fail("Only dualstack ipAddressType is supported for Private APIs.");
  }
}

function checkPolicy(policy: string): void {
  try {
    const document: unknown = JSON.parse(policy);
    if (typeof document === "object" && document !== null && "Statement" in document) return;
  } catch {}
  throw new EditError(
    "BAD_REQUEST",
    "Invalid policy document. Please check the policy syntax and ensure that Principals are valid.",
    ["policy"],
  );
}
