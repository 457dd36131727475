import type { StoredAccessKey } from "@/server/adapters/callers/access-keys";
import type { StoredClientCertificate } from "@/server/adapters/certificates/client-certificates";
import type { StoredFunctionEndpoint } from "@/server/adapters/functions/function-endpoints";
import type { StoredKey, StoredPlan } from "@/server/adapters/key-store";
import type { StoredDomain } from "../domains/custom-domains";
import type { StageRecord } from "./stage-slot";

/** One entry of the order in which configuration changed. */
export type ConfigChange = {
  readonly id: bigint;
  /** stage → `apiId/stageName`, plan → plan id, key → key id, api → API id, and so on (server/db/notify.ts). */
  readonly kind: string;
  readonly subject: string;
};

export type WholeConfig = {
  /** The last change that is in it. */
  readonly cursor: bigint;
  readonly stages: readonly StageRecord[];
  readonly keys: readonly StoredKey[];
  readonly plans: readonly StoredPlan[];
  /** Secrets in these are sealed. */
  readonly functionEndpoints: readonly StoredFunctionEndpoint[];
  readonly accessKeys: readonly StoredAccessKey[];
  readonly domains: readonly StoredDomain[];
  readonly clientCertificates: readonly StoredClientCertificate[];
};

/** Where configuration comes from: the database in service, a fake in tests. Every call may reject. */
export type ConfigSource = {
  loadAll(): Promise<WholeConfig>;
  changesSince(cursor: bigint): Promise<ConfigChange[]>;
  loadStage(apiId: string, stageName: string): Promise<StageRecord | null>;
  /** All stages of an API; none if it is deleted. */
  loadStagesOf(apiId: string): Promise<StageRecord[]>;
  loadKey(id: string): Promise<StoredKey | null>;
  loadPlan(id: string): Promise<StoredPlan | null>;
  loadFunctionEndpoint(workspaceId: string): Promise<StoredFunctionEndpoint | null>;
  loadAccessKey(id: string): Promise<StoredAccessKey | null>;
  loadDomain(domainName: string): Promise<StoredDomain | null>;
  /** @param name `workspaceId/id` */
  loadClientCertificate(name: string): Promise<StoredClientCertificate | null>;
  /** Quota counters of one key in one plan, of periods that may still run, oldest first. */
  loadUsage(planId: string, keyId: string): Promise<{ startMs: number; used: number }[]>;
  loadSnapshot(deploymentId: string): Promise<unknown>;
};
