import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import { expectTypeOf, it } from "vitest";
import type { Credential, NewCredential } from "@/server/cli/commands/credentials";
import type { Exported } from "@/server/cli/commands/export";
import type { Imported } from "@/server/cli/commands/import";
import type { Answer, DraftRequest } from "@/server/cli/commands/invoke";
import type { Key, KeyPage } from "@/server/cli/commands/keys";
import type { Preview } from "@/server/cli/commands/promote";
import type { Created, Deployed } from "@/server/cli/deploy-api";
import type { ApiRow } from "@/server/cli/find-api";
import type { AppRouter } from "@/server/trpc/root";

type Outputs = inferRouterOutputs<AppRouter>;
type Inputs = inferRouterInputs<AppRouter>;

it("what the command line expects of the console is what the console's procedures give (checked by the compiler)", () => {
  expectTypeOf<Outputs["api"]["list"]>().toExtend<ApiRow[]>();
  expectTypeOf<Outputs["api"]["import"]>().toExtend<Imported>();
  expectTypeOf<Outputs["api"]["edit"]>().toExtend<{ revision: number }>();
  expectTypeOf<Outputs["api"]["export"]>().toExtend<Exported>();
  expectTypeOf<Outputs["deployment"]["create"]>().toExtend<Created>();
  expectTypeOf<Outputs["stage"]["previewPromotion"]>().toExtend<Preview>();
  expectTypeOf<Outputs["stage"]["promote"]>().toExtend<Created>();
  expectTypeOf<Outputs["deployment"]["applied"]>().toExtend<Deployed["gateways"]>();
  expectTypeOf<Outputs["apiKey"]["list"]>().toExtend<KeyPage>();
  expectTypeOf<Outputs["apiKey"]["create"]>().toExtend<{ key: Key; value: string }>();
  expectTypeOf<Outputs["accessKey"]["list"]>().toExtend<Credential[]>();
  expectTypeOf<Outputs["accessKey"]["create"]>().toExtend<NewCredential>();
  expectTypeOf<Outputs["usagePlan"]["list"]>().toExtend<{ id: string; name: string }[]>();
  expectTypeOf<Outputs["session"]["me"]>().toExtend<{ gatewayUrl: string }>();
  expectTypeOf<Outputs["test"]["invoke"]>().toExtend<Answer>();
  expectTypeOf<DraftRequest>().toExtend<Inputs["test"]["invoke"]["request"]>();
});
