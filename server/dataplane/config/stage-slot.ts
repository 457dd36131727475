import { compileStage } from "@/server/gateway/canary/compile-stage";
import type { StageRuntime } from "@/server/gateway/runtime-api";
import { ACCOUNT_ID } from "@/server/gateway/runtime-api";
import { apiSnapshotSchema } from "@/server/gateway/snapshot/api-snapshot";
import { cacheIdentity, type StoredStage } from "@/server/gateway/snapshot/cache-identity";
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

/** The deployment of a stage's canary; "" without one. */
export function canaryOf({ config }: StageRecord): string {
  const canary = (config as { canary?: { deploymentId?: unknown } | null } | null)?.canary?.deploymentId;
  return typeof canary === "string" ? canary : "";
}

/** What a stage's cache was made with; another one is another cache, and what was kept is lost. */
export function cacheOf({ config }: StageRecord): string {
  return cacheIdentity(config as StoredStage);
}

/** The deployments a stage needs: its own, and its canary's if it has one. */
export function deploymentsOf(record: StageRecord): string[] {
  const canary = canaryOf(record);
  return canary !== "" && canary !== record.deploymentId
    ? [record.deploymentId, canary]
    : [record.deploymentId];
}

export type SlotHooks = {
  /** The canary cannot be served; its stage is, and every request goes to the stage's own deployment. */
  onCanaryRefused(record: StageRecord, reason: unknown): void;
  /** The stage cannot be served. */
  onRefused(record: StageRecord, reason: unknown): void;
};

const NO_HOOKS: SlotHooks = { onCanaryRefused: () => undefined, onRefused: () => undefined };

/** A stage this node serves. It is compiled when the first request asks for it. */
export class StageSlot {
  usedAt = 0;
  onCompiled: () => void = () => undefined;
  /** True while the stage has a canary that this node could not take. */
  isWithoutCanary = false;
  #runtime: StageRuntime | null = null;
  #pending: Promise<StageRuntime> | null = null;

  constructor(
    readonly record: StageRecord,
    private readonly load: SnapshotLoader,
    private readonly hooks: SlotHooks = NO_HOOKS,
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
    this.isWithoutCanary = other.isWithoutCanary;
  }

  forget(): void {
    this.#runtime = null;
  }

  #compile(): StageRuntime | Promise<StageRuntime> {
    const [own, other] = deploymentsOf(this.record).map((id) => this.load(id));
    if (!(own instanceof Promise) && !(other instanceof Promise)) return this.#take(own, other);
    // A canary whose snapshot cannot be had is one that cannot be served.
    const canary = Promise.resolve(other).catch((error) => new Unloaded(error));
    this.#pending = Promise.all([own, canary])
      .then((loaded) => this.#take(...loaded))
      .finally(() => {
        this.#pending = null;
      });
    return this.#pending;
  }

  #take(own: unknown, other: unknown): StageRuntime {
    try {
      this.#runtime = this.#withCanary(own, other);
    } catch (error) {
      this.hooks.onRefused(this.record, error);
      throw error;
    }
    this.onCompiled();
    return this.#runtime;
  }

  /** A canary that cannot be served must not take its stage down: it is left out, and told. */
  #withCanary(own: unknown, other: unknown): StageRuntime {
    const { config } = this.record;
    this.isWithoutCanary = false;
    try {
      if (other instanceof Unloaded) throw other.reason;
      return this.#compiled(own, { other: other ?? own, config });
    } catch (error) {
      if (!(config as { canary?: unknown } | null)?.canary) throw error;
      const runtime = this.#compiled(own, { other: null, config: { ...(config as object), canary: null } });
      this.isWithoutCanary = true;
      this.hooks.onCanaryRefused(this.record, error);
      return runtime;
    }
  }

  #compiled(own: unknown, { other, config }: { other: unknown; config: unknown }): StageRuntime {
    const { apiId, workspaceId, stageName, deploymentId } = this.record;
    const stage = stageConfigSchema.parse({ ...(config as object), stageName });
    const production = apiSnapshotSchema.parse(own);
    const canary = !stage.canary ? null : other === own ? production : apiSnapshotSchema.parse(other);
    const identity = { apiId, deploymentId, accountId: ACCOUNT_ID, workspaceId };
    return compileStage({ production, canary }, stage, identity);
  }
}

class Unloaded {
  constructor(readonly reason: unknown) {}
}
