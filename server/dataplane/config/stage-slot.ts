import { compileApi } from "@/server/gateway/compile/compile-api";
import type { RuntimeApi } from "@/server/gateway/runtime-api";
import { ACCOUNT_ID } from "@/server/gateway/runtime-api";
import { apiSnapshotSchema } from "@/server/gateway/snapshot/api-snapshot";
import { stageConfigSchema } from "@/server/gateway/snapshot/stage-config";

/** Which deployment a stage serves, and how. */
export type StageRecord = {
  readonly apiId: string;
  /** Whose function endpoint and access keys apply. */
  readonly workspaceId: string;
  readonly stageName: string;
  readonly deploymentId: string;
  /** StageConfig as it was stored; checked when the stage is compiled, so that a bad one harms no other. */
  readonly config: unknown;
};

/** Finds a deployment's snapshot: at once if it is at hand, else from disk or database. */
export type SnapshotLoader = (deploymentId: string) => unknown | Promise<unknown>;

/** A stage this node serves. It is compiled when the first request asks for it. */
export class StageSlot {
  usedAt = 0;
  onCompiled: () => void = () => undefined;
  #runtime: RuntimeApi | null = null;
  #pending: Promise<RuntimeApi> | null = null;

  constructor(
    readonly record: StageRecord,
    private readonly load: SnapshotLoader,
  ) {}

  get isCompiled(): boolean {
    return this.#runtime !== null;
  }

  /** The compiled program. Throws or rejects with a SnapshotError or ZodError if the snapshot cannot be served. */
  runtime(): RuntimeApi | Promise<RuntimeApi> {
    return this.#runtime ?? this.#pending ?? this.#compile();
  }

  /** Takes over what another slot has compiled from the same record. */
  adopt(other: StageSlot): void {
    this.#runtime = other.#runtime;
  }

  forget(): void {
    this.#runtime = null;
  }

  #compile(): RuntimeApi | Promise<RuntimeApi> {
    const snapshot = this.load(this.record.deploymentId);
    if (!(snapshot instanceof Promise)) return this.#take(snapshot);
    this.#pending = snapshot
      .then((loaded) => this.#take(loaded))
      .finally(() => {
        this.#pending = null;
      });
    return this.#pending;
  }

  #take(snapshot: unknown): RuntimeApi {
    const { apiId, workspaceId, stageName, deploymentId, config } = this.record;
    const stage = stageConfigSchema.parse({ ...(config as object), stageName });
    this.#runtime = compileApi(apiSnapshotSchema.parse(snapshot), stage, {
      apiId,
      deploymentId,
      accountId: ACCOUNT_ID,
      workspaceId,
    });
    this.onCompiled();
    return this.#runtime;
  }
}
