import { database } from "@/server/db/client";
import { transaction } from "@/server/db/transaction";
import { createOwner, setupStatus } from "./create-owner";
import { ensureWorkspace, systemActor } from "./ensure-workspace";
import { findSample, followBackend } from "./find-sample";
import { type SampleSeed, seedSample } from "./seed-sample";

export type SeedInput = {
  /** The owner to make on a new installation; without one, the first visitor of the console becomes it. */
  owner?: { email: string; password: string };
  sample: SampleSeed;
};

export type SeedResult = {
  /** The sample was put in now. */
  seeded: boolean;
  needsOwner: boolean;
  apiId: string | null;
  /** A request that works, while nobody has taken its parts away. */
  sample: { apiId: string; stageName: string; path: string } | null;
};

/** It needs a key and no back end. */
const SAMPLE_PATH = "/pets/adoptions";

/** What a new installation begins with. Safe to repeat: what is there stays, what was deleted stays deleted. */
export async function seed({ owner, sample }: SeedInput): Promise<SeedResult> {
  if (owner && (await setupStatus()).needsOwner) await createOwner({ ...owner, name: "Owner" });
  const workspace = await transaction(ensureWorkspace);
  const actor = systemActor(workspace.id);
  if (!workspace.seededAt) {
    await seedSample(actor, sample);
    await database().workspace.update({ where: { id: workspace.id }, data: { seededAt: new Date() } });
  }
  const found = await findSample(actor, sample.keyValue);
  if (found) await followBackend(actor, found, sample.backend);
  return {
    seeded: !workspace.seededAt,
    needsOwner: (await setupStatus()).needsOwner,
    apiId: found?.apiId ?? null,
    sample: found && { ...found, path: SAMPLE_PATH },
  };
}
