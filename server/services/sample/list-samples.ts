import { database } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import { requireApi } from "@/server/services/api/find-api";
import { authorize } from "@/server/services/authorize";
import { type SampleView, sampleInputSchema } from "./sample-input";

/** The saved sample inputs of an API by name. */
export async function listSamples(actor: Actor, input: { apiId: string }): Promise<SampleView[]> {
  authorize(actor, "api:read");
  await requireApi(actor, input.apiId);
  const rows = await database().sample.findMany({
    where: { apiId: input.apiId },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    select: { id: true, name: true, resourceId: true, httpMethod: true, input: true, updatedAt: true },
  });
  return rows.map((row) => ({ ...row, input: sampleInputSchema.parse(row.input) }));
}
