import { type ApiInput, type Call, type Handlers, handler } from "@/server/aws/call";
import { orRefuse, readDraft, UNKNOWN_API } from "@/server/aws/draft";
import { AwsError, badRequest } from "@/server/aws/protocol/aws-error";
import { restApiView } from "@/server/aws/views/rest-api-view";
import { ServiceError } from "@/server/domain/errors";
import { importApi } from "@/server/services/api/import-api";
import type { ImportSource } from "@/server/services/api/read-source";
import { beside } from "./rest-api";

type ImportInput = { failonwarnings?: boolean; parameters?: Record<string, string>; body: string };
type PutInput = ApiInput & ImportInput & { mode?: "merge" | "overwrite" };
type Imported = Awaited<ReturnType<typeof importApi>>;

const ENDPOINT_TYPES = ["EDGE", "REGIONAL", "PRIVATE"] as const;

export const importHandlers: Handlers = {
  ImportRestApi: handler<ImportInput>(async (call) => {
    const imported = await inAwsWords(() => importApi(call.actor, sourceOf(call)));
    const api = await readDraft({ ...call, input: { restApiId: imported.apiId } });
    return restApiView(api, { warnings: warningsOf(imported) });
  }),

  PutRestApi: handler<PutInput>(async (call) => {
    const { restApiId: apiId, mode = "merge" } = call.input;
    const target = { apiId, mode };
    const imported = await orRefuse(call, UNKNOWN_API, () =>
      inAwsWords(() => importApi(call.actor, { ...sourceOf(call), target })),
    );
    return restApiView(await readDraft(call), { ...(await beside(call)), warnings: warningsOf(imported) });
  }),
};

function sourceOf({ input, accountId, region }: Call<ImportInput>): ImportSource {
  const { parameters = {}, failonwarnings, body } = input;
  const [type] = (parameters.endpointConfigurationTypes ?? "EDGE").split(",");
  const endpointType = ENDPOINT_TYPES.find((one) => one === type);
  if (!endpointType) {
    throw badRequest("Invalid EndpointTypes specified. Valid options are REGIONAL,EDGE,PRIVATE");
  }
  return {
    source: body,
    basePath: basePathOf(parameters.basepath ?? parameters.basePath),
    endpointType,
    ignoreDocumentation: parameters.ignore === "documentation",
    failOnWarnings: failonwarnings,
    asAws: true,
    awsVariables: { AccountId: accountId, Region: region },
  };
}

function basePathOf(text = "ignore"): "ignore" | "prepend" | "split" {
  if (text === "ignore" || text === "prepend" || text === "split") return text;
  throw badRequest(`Invalid basepath specified: ${text}. Valid options are ignore,prepend,split`);
}

/** A document that cannot be read is one sentence to AWS; what exactly is wrong is told by the console's import. */
async function inAwsWords(work: () => Promise<Imported>): Promise<Imported> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ServiceError) || error.fieldPath !== "source") throw error;
    const isUnreadable =
      typeof error.details === "object" && error.details !== null && "column" in error.details;
    throw isUnreadable
      ? new AwsError("BadRequestException", "Invalid OpenAPI input.")
      : badRequest(`Warnings found during import:\n\t${error.message}\n`);
  }
}

function warningsOf({ report }: Imported): string[] {
  return report.filter(({ warning }) => warning).map(({ message }) => message);
}
