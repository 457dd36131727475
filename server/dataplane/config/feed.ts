import type { MemoryAccessKeys } from "@/server/adapters/callers/access-keys";
import type { MemoryAuthorizerCache } from "@/server/adapters/callers/authorizer-cache";
import type { MemoryClientCertificates } from "@/server/adapters/certificates/client-certificates";
import type { MemoryFunctionEndpoints } from "@/server/adapters/functions/function-endpoints";
import type { MemoryKeyStore } from "@/server/adapters/key-store";
import type { MemoryLimits } from "@/server/adapters/limits/memory-limits";
import type { MemoryResponseCache } from "@/server/adapters/response-cache/memory-response-cache";
import type { CustomDomains } from "../domains/custom-domains";
import type { ConfigChange, ConfigSource, WholeConfig } from "./config-source";
import type { RuntimeHolder } from "./holder";
import type { LastGood } from "./last-good";
import { cacheOf, canaryOf, deploymentsOf, type StageRecord, StageSlot } from "./stage-slot";

/** A deployment this node would not take; it serves what it had, and of a stage whose canary it is the stage alone. */
export type Rejection = {
  apiId: string;
  stageName: string;
  deploymentId: string;
  isCanary: boolean;
  reason: string;
};

export type FeedLog = {
  info(message: string, about?: object): void;
  warn(message: string, about?: object): void;
};

export type FeedParts = {
  source: ConfigSource;
  holder: RuntimeHolder;
  keys: MemoryKeyStore;
  functionEndpoints: MemoryFunctionEndpoints;
  accessKeys: MemoryAccessKeys;
  domains: CustomDomains;
  clientCertificates: MemoryClientCertificates;
  authorizerCache: Pick<MemoryAuthorizerCache, "clear">;
  responseCache: Pick<MemoryResponseCache, "clear">;
  limits: Pick<MemoryLimits, "settle">;
  lastGood: LastGood;
  log: FeedLog;
  /** Called whenever the cursor moved or a rejection came or went. */
  onApplied: () => void;
};

/** Changes that are no part of the configuration: what a full resync reads does not hold them. */
const EVENTS: ReadonlySet<string> = new Set(["usage", "authorizer-cache", "response-cache"]);

/** Snapshots fetched ahead at a time, so that a start does not flood the database. */
const PREFETCH_BATCH = 8;

/**
 * Keeps the holder up to date. A notification is only a hint: what counts is the cursor, and a full resync now and
 * then repairs whatever slipped through. Changes are applied one after another.
 */
export class ConfigFeed {
  cursor = 0n;
  isLoaded = false;
  /** False while the last attempt to reach the source failed. */
  isSourceReachable = false;
  readonly rejections = new Map<string, Rejection>();
  #queue: Promise<void> = Promise.resolve();

  constructor(private readonly parts: FeedParts) {}

  /** Loads everything from the source, or from disk if that fails. Rejects only if neither is there. */
  async start(): Promise<"source" | "disk"> {
    try {
      await this.resync();
      return "source";
    } catch (error) {
      const { lastGood, log } = this.parts;
      const config = await lastGood.read();
      if (!config) throw error;
      log.warn("the database cannot be reached: serving the last good configuration", {
        reason: String(error),
      });
      this.#replaceAll(config);
      return "disk";
    }
  }

  /** Takes in what changed since the cursor. Rejects if the source cannot be reached; then nothing is lost. */
  catchUp(): Promise<void> {
    return this.#enqueue(async () => {
      if (!this.isLoaded || !this.isSourceReachable) {
        await this.#reload();
        return;
      }
      const changes = await this.#reached(this.parts.source.changesSince(this.cursor));
      for (const change of changes) {
        await this.#reached(this.#apply(change));
        if (change.id > this.cursor) this.cursor = change.id;
      }
      if (changes.length > 0) this.#applied();
    });
  }

  /** Loads everything anew. */
  resync(): Promise<void> {
    return this.#enqueue(() => this.#reload());
  }

  /** What goes to disk. */
  current(): WholeConfig {
    const { holder, keys, functionEndpoints, accessKeys, domains, clientCertificates } = this.parts;
    return {
      cursor: this.cursor,
      stages: holder.all().map((slot) => slot.record),
      ...keys.snapshot(),
      functionEndpoints: functionEndpoints.snapshot(),
      accessKeys: accessKeys.snapshot(),
      domains: domains.snapshot(),
      clientCertificates: clientCertificates.snapshot(),
    };
  }

  #enqueue(work: () => Promise<void>): Promise<void> {
    const result = this.#queue.then(work);
    this.#queue = result.catch(() => undefined);
    return result;
  }

  async #reached<T>(work: Promise<T>): Promise<T> {
    try {
      const result = await work;
      this.isSourceReachable = true;
      return result;
    } catch (error) {
      this.isSourceReachable = false;
      throw error;
    }
  }

  async #reload(): Promise<void> {
    const config = await this.#reached(this.parts.source.loadAll());
    const isFirst = !this.isLoaded;
    if (isFirst) this.#replaceAll(config);
    else {
      // Counters that were set and caches that were flushed meanwhile must not be passed over.
      const changes = await this.#reached(this.parts.source.changesSince(this.cursor));
      await this.#mergeAll(config);
      for (const change of changes) {
        if (change.kind === "all") this.#forgetAnswers();
        else if (EVENTS.has(change.kind)) await this.#reached(this.#apply(change));
      }
    }
    this.#applied();
    void this.#prefetch(config.stages);
  }

  #forgetAnswers(): void {
    for (const { record } of this.parts.holder.all()) {
      this.parts.authorizerCache.clear(nameOf(record));
      this.parts.responseCache.clear(nameOf(record));
    }
  }

  /** The first load: slots compile when they are first asked for. */
  #replaceAll(config: WholeConfig): void {
    for (const record of config.stages) this.parts.holder.put(this.#slotOf(record));
    this.#replaceSecrets(config);
    this.cursor = config.cursor;
    this.isLoaded = true;
  }

  /** A later load: only what differs is swapped, and a deployment that cannot be compiled is refused. */
  async #mergeAll(config: WholeConfig): Promise<void> {
    const { holder } = this.parts;
    const wanted = new Set(config.stages.map((s) => `${s.apiId}/${s.stageName}`));
    for (const slot of holder.all()) {
      const { apiId, stageName } = slot.record;
      if (!wanted.has(`${apiId}/${stageName}`)) this.#removeStage(apiId, stageName);
    }
    for (const record of config.stages) await this.#putStage(record);
    this.#replaceSecrets(config);
    if (config.cursor > this.cursor) this.cursor = config.cursor;
  }

  #replaceSecrets(config: WholeConfig): void {
    const { keys, functionEndpoints, accessKeys, domains, clientCertificates } = this.parts;
    keys.replaceAll(config.keys, config.plans);
    functionEndpoints.replaceAll(config.functionEndpoints);
    accessKeys.replaceAll(config.accessKeys);
    domains.replaceAll(config.domains);
    clientCertificates.replaceAll(config.clientCertificates);
  }

  async #apply({ kind, subject }: ConfigChange): Promise<void> {
    const { source, holder, keys, limits, log } = this.parts;
    switch (kind) {
      case "stage": {
        const [apiId = "", stageName = ""] = subject.split("/");
        const record = await source.loadStage(apiId, stageName);
        if (record) await this.#putStage(record);
        else this.#removeStage(apiId, stageName);
        return;
      }
      case "api": {
        const records = await source.loadStagesOf(subject);
        const names = new Set(records.map((r) => r.stageName));
        for (const slot of holder.stagesOf(subject)) {
          if (!names.has(slot.record.stageName)) this.#removeStage(subject, slot.record.stageName);
        }
        for (const record of records) await this.#putStage(record);
        return;
      }
      case "key": {
        const key = await source.loadKey(subject);
        if (key) keys.putKey(key);
        else keys.removeKey(subject);
        return;
      }
      case "plan": {
        const plan = await source.loadPlan(subject);
        if (plan) keys.putPlan(plan);
        else keys.removePlan(subject);
        return;
      }
      case "function-endpoint": {
        const endpoint = await source.loadFunctionEndpoint(subject);
        if (endpoint) this.parts.functionEndpoints.put(endpoint);
        else this.parts.functionEndpoints.remove(subject);
        return;
      }
      case "access-key": {
        const key = await source.loadAccessKey(subject);
        if (key) this.parts.accessKeys.put(key);
        else this.parts.accessKeys.remove(subject);
        return;
      }
      case "domain": {
        const domain = await source.loadDomain(subject);
        if (domain) this.parts.domains.put(domain);
        else this.parts.domains.remove(subject);
        return;
      }
      case "client-certificate": {
        const certificate = await source.loadClientCertificate(subject);
        if (certificate) this.parts.clientCertificates.put(certificate);
        else this.parts.clientCertificates.remove(subject);
        return;
      }
      case "all":
        // It finds this change again, and forgets what was kept.
        await this.#reload();
        return;
      case "authorizer-cache":
        this.parts.authorizerCache.clear(subject);
        return;
      case "response-cache":
        this.parts.responseCache.clear(subject);
        return;
      case "usage": {
        const [planId = "", keyId = ""] = subject.split("/");
        for (const period of await source.loadUsage(planId, keyId)) limits.settle(planId, keyId, period);
        return;
      }
      default:
        log.warn("a change of an unknown kind was passed over", { kind, subject });
    }
  }

  /** Compiles before it swaps: a deployment that cannot be served never replaces one that can. */
  async #putStage(record: StageRecord): Promise<void> {
    const { holder, lastGood, log } = this.parts;
    const name = nameOf(record);
    const before = holder.stagesOf(record.apiId).find((slot) => slot.record.stageName === record.stageName);
    if (before && isSameRecord(before.record, record) && !before.isWithoutCanary) {
      const refused = this.rejections.get(name)?.deploymentId ?? "";
      // What a request found to be broken is still so; what was to replace it is not wanted any more.
      if (before.isCompiled || !deploymentsOf(record).includes(refused)) this.rejections.delete(name);
      return;
    }
    const snapshots = new Map<string, unknown>();
    for (const id of deploymentsOf(record)) await this.#collect(snapshots, record, id);
    const load = (id: string) => snapshots.get(id) ?? this.#loadSnapshot(id);
    const slot = new StageSlot(record, load, {
      onRefused: (_, reason) => this.#reject(record, reason, false),
      onCanaryRefused: (_, reason) => this.#reject(record, reason, true),
    });
    try {
      await slot.runtime();
    } catch {
      return;
    }
    // From here on the snapshot is on disk: a forgotten slot reads it there.
    const kept = this.#slotOf(record);
    kept.adopt(slot);
    holder.put(kept);
    if (before && cacheOf(before.record) !== cacheOf(record)) this.parts.responseCache.clear(name);
    if (!slot.isWithoutCanary) this.rejections.delete(name);
    log.info("stage switched", { stage: name, deploymentId: record.deploymentId });
    for (const [id, snapshot] of snapshots) await lastGood.saveSnapshot(id, snapshot);
  }

  /** A canary that cannot be had is left to its slot; without its own deployment a stage cannot be put. */
  async #collect(snapshots: Map<string, unknown>, record: StageRecord, id: string): Promise<void> {
    try {
      snapshots.set(id, await this.#fetchSnapshot(id));
    } catch (error) {
      if (id === record.deploymentId) throw error;
    }
  }

  #slotOf(record: StageRecord): StageSlot {
    const tell = (isCanary: boolean) => (_: StageRecord, reason: unknown) => {
      if (this.#reject(record, reason, isCanary)) this.#applied();
    };
    return new StageSlot(record, this.#loadSnapshot, { onRefused: tell(false), onCanaryRefused: tell(true) });
  }

  /** Remembers what is not served, and why; true if that is new. */
  #reject(record: StageRecord, error: unknown, isCanary: boolean): boolean {
    const { apiId, stageName } = record;
    const deploymentId = isCanary ? canaryOf(record) : record.deploymentId;
    const reason = error instanceof Error ? error.message : String(error);
    const known = this.rejections.get(nameOf(record));
    if (known?.reason === reason && known.deploymentId === deploymentId) return false;
    this.rejections.set(nameOf(record), { apiId, stageName, deploymentId, isCanary, reason });
    const what = isCanary
      ? "a canary was refused; every request goes to the stage's own deployment"
      : "a deployment was refused; the stage serves what it had";
    this.parts.log.warn(what, { stage: nameOf(record), deploymentId, reason });
    return true;
  }

  #removeStage(apiId: string, stageName: string): void {
    this.parts.holder.remove(apiId, stageName);
    this.parts.responseCache.clear(`${apiId}/${stageName}`);
    this.rejections.delete(`${apiId}/${stageName}`);
    this.parts.log.info("stage removed", { stage: `${apiId}/${stageName}` });
  }

  readonly #loadSnapshot = (deploymentId: string): unknown | Promise<unknown> =>
    this.parts.lastGood.readSnapshot(deploymentId) ?? this.#fetchAndKeep(deploymentId);

  async #fetchSnapshot(deploymentId: string): Promise<unknown> {
    return this.parts.lastGood.readSnapshot(deploymentId) ?? this.parts.source.loadSnapshot(deploymentId);
  }

  async #fetchAndKeep(deploymentId: string): Promise<unknown> {
    const snapshot = await this.parts.source.loadSnapshot(deploymentId);
    await this.parts.lastGood.saveSnapshot(deploymentId, snapshot);
    return snapshot;
  }

  /** Brings every snapshot in use to disk, so that the node can start without the database. */
  async #prefetch(stages: readonly StageRecord[]): Promise<void> {
    const { lastGood, log } = this.parts;
    try {
      const used = new Set(stages.flatMap(deploymentsOf));
      await lastGood.prune(used);
      const known = await lastGood.knownSnapshots();
      const missing = [...used].filter((id) => !known.has(id));
      for (let i = 0; i < missing.length; i += PREFETCH_BATCH) {
        await Promise.all(missing.slice(i, i + PREFETCH_BATCH).map((id) => this.#fetchAndKeep(id)));
      }
    } catch (error) {
      log.warn("not every deployment could be kept on disk", { reason: String(error) });
    }
  }

  #applied(): void {
    this.parts.lastGood.saveSoon(() => this.current());
    this.parts.onApplied();
  }
}

const nameOf = ({ apiId, stageName }: StageRecord) => `${apiId}/${stageName}`;

function isSameRecord(a: StageRecord, b: StageRecord): boolean {
  return a.deploymentId === b.deploymentId && JSON.stringify(a.config) === JSON.stringify(b.config);
}
