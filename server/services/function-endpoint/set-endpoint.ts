import { recordConfigChange } from "@/server/db/notify";
import type { Actor } from "@/server/domain/actor";
import { authorize } from "@/server/services/authorize";
import { write } from "@/server/services/write";
import { type FunctionEndpointInput, storedEndpoint } from "./endpoint-input";

/** Sets where the workspace's functions run, for the console's tests and all gateways. */
export async function setFunctionEndpoint(actor: Actor, input: FunctionEndpointInput): Promise<void> {
  authorize(actor, "workspace:write");
  const { workspaceId } = actor;
  await write(actor, async (tx, emit) => {
    const before = await tx.functionEndpoint.findUnique({ where: { workspaceId } });
    const stored = storedEndpoint(actor, input, before);
    await tx.functionEndpoint.upsert({
      where: { workspaceId },
      create: { workspaceId, ...stored },
      update: stored,
      select: { workspaceId: true },
    });
    await recordConfigChange(tx, { kind: "function-endpoint", subject: workspaceId });
    const { url, region, accessKeyId } = stored;
    await emit({
      type: "function-endpoint.changed",
      subject: url === "" ? `AWS Lambda in ${region}` : url,
      detail: { url, region, accessKeyId },
    });
  });
}

/** Takes the endpoint away: functions cannot be called any more. */
export async function removeFunctionEndpoint(actor: Actor): Promise<void> {
  authorize(actor, "workspace:write");
  const { workspaceId } = actor;
  await write(actor, async (tx, emit) => {
    const { count } = await tx.functionEndpoint.deleteMany({ where: { workspaceId } });
    if (count === 0) return;
    await recordConfigChange(tx, { kind: "function-endpoint", subject: workspaceId });
    await emit({ type: "function-endpoint.removed", subject: "the function endpoint" });
  });
}
