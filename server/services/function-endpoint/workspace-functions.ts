import { systemClock } from "@/server/adapters/clock";
import { openEndpoint } from "@/server/adapters/functions/function-endpoints";
import { LambdaInvoker } from "@/server/adapters/functions/function-invoker";
import { database } from "@/server/db/client";
import { accessKeyBox } from "@/server/db/secret-box";
import type { FunctionInvoker, UpstreamHttp } from "@/server/gateway/ports";

/** The functions of whatever workspace a call names, at the endpoint it has at that moment. */
export function workspaceFunctions(http: UpstreamHttp): FunctionInvoker {
  return {
    async invoke(call) {
      const { workspaceId } = call;
      const row = await database().functionEndpoint.findUnique({ where: { workspaceId } });
      const endpoint = row && openEndpoint(row, accessKeyBox().open);
      return new LambdaInvoker({ http, clock: systemClock, endpoints: { of: () => endpoint } }).invoke(call);
    },
  };
}
