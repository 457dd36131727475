import { compileStage } from "@/server/gateway/canary/compile-stage";
import type { StageRuntime } from "@/server/gateway/runtime-api";
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

/** The deployments a stage needs: its own, and its canary's if it has one. */
export function deploymentsOf({ deploymentId, config }: StageRecord): string[] {
  const canary = (config as { canary?: { deploymentId?: unknown } | null } | null)?.canary?.deploymentId;
  return typeof canary === "string" && canary !== deploymentId ? [deploymentId, canary] : [deploymentId];
}

/** A stage this node serves. It is compiled when the first request asks for it. */
export class StageSlot {
  usedAt = 0;
  onCompiled: () => void = () => undefined;
  #runtime: StageRuntime | null = null;
  #pending: Promise<StageRuntime> | null = null;

  constructor(
    readonly record: StageRecord,
    private readonly load: SnapshotLoader,
  ) {}

  get isCompiled(): boolean {
    return this.#runtime !== null;
  }

  /** The compiled program. Throws or rejects with a SnapshotError or ZodError if a snapshot cannot be served. */
  runtime(): StageRuntime | Promise<StageRuntime> {
    return this.#runtime ?? this.#pending ?? this.#compile();
  }

  /** Takes over what another slot has compiled from the same record. */
  adopt(other: StageSlot): void {
    this.#runtime = other.#runtime;
  }

  forget(): void {
    this.#runtime = null;
  }

  #compile(): StageRuntime | Promise<StageRuntime> {
    const snapshots = deploymentsOf(this.record).map((id) => this.load(id));
    if (!snapshots.some((snapshot) => snapshot instanceof Promise)) return this.#take(snapshots);
    this.#pending = Promise.all(snapshots)
      .then((loaded) => this.#take(loaded))
      .finally(() => {
        this.#pending = null;
      });
    return this.#pending;
  }

  #take([own, other]: readonly unknown[]): StageRuntime {
    const { apiId, workspaceId, stageName, deploymentId, config } = this.record;
    const stage = stageConfigSchema.parse({ ...(config as object), stageName });
    const production = apiSnapshotSchema.parse(own);
    const canary = other === undefined ? production : apiSnapshotSchema.parse(other);
    this.#runtime = compileStage({ production, canary: stage.canary ? canary : null }, stage, {
      apiId,
      deploymentId,
      accountId: ACCOUNT_ID,
      workspaceId,
    });
    this.onCompiled();
    return this.#runtime;
  }
}
