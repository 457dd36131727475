import type { Actor } from "@/server/domain/actor";
import { ServiceError } from "@/server/domain/errors";
import { requireApi } from "@/server/services/api/find-api";
import { requireStorable } from "@/server/services/api/save-definition";
import { authorize } from "@/server/services/authorize";
import { newId } from "@/server/services/new-id";
import { write } from "@/server/services/write";
import type { SampleInput } from "./sample-input";

type Input = {
  apiId: string;
  /** Absent for a new one. */
  id?: string;
  resourceId?: string;
  httpMethod?: string;
  name: string;
  input: SampleInput;
};

/** Saves a sample input, a new one or over the one with `id`. */
export async function saveSample(actor: Actor, input: Input): Promise<{ id: string }> {
  authorize(actor, "api:write");
  const { apiId, name, resourceId = null, httpMethod = null } = input;
  const data = { name, resourceId, httpMethod, input: requireStorable(input.input) };
  return write(actor, async (tx, emit) => {
    const api = await requireApi(actor, apiId, tx);
    const id = input.id ?? newId();
    if (input.id === undefined) {
      await tx.sample.create({ data: { id, apiId, ...data }, select: { id: true } });
    } else {
      const { count } = await tx.sample.updateMany({ where: { id, apiId }, data });
      if (count === 0) throw new ServiceError("NOT_FOUND", "There is no such sample");
    }
    await emit({ type: "sample.saved", subject: `${api.name} › ${name}`, detail: { apiId, sampleId: id } });
    return { id };
  });
}

export async function deleteSample(actor: Actor, input: { apiId: string; id: string }): Promise<void> {
  authorize(actor, "api:write");
  await write(actor, async (tx, emit) => {
    const api = await requireApi(actor, input.apiId, tx);
    const { count } = await tx.sample.deleteMany({ where: { id: input.id, apiId: api.id } });
    if (count === 0) throw new ServiceError("NOT_FOUND", "There is no such sample");
    await emit({ type: "sample.deleted", subject: api.name, detail: { apiId: api.id, sampleId: input.id } });
  });
}
