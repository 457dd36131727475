import type { StoredAccessKey } from "@/server/adapters/callers/access-keys";
import type { StoredClientCertificate } from "@/server/adapters/certificates/client-certificates";
import type { StoredFunctionEndpoint } from "@/server/adapters/functions/function-endpoints";
import { sha256 } from "@/server/adapters/key-store";
import type { ConfigChange, ConfigSource, WholeConfig } from "@/server/dataplane/config/config-source";
import type { StageRecord } from "@/server/dataplane/config/stage-slot";
import type { StoredDomain } from "@/server/dataplane/domains/custom-domains";
import { stageConfigSchema } from "@/server/gateway/snapshot/stage-config";
import { buildApi } from "./api-builder";

/** An API whose root answers with a text. */
export const mock = (text: string) =>
  buildApi({
    "GET /": {
      methodIntegration: {
        type: "MOCK",
        requestTemplates: { "application/json": '{"statusCode": 200}' },
        integrationResponses: { 200: { responseTemplates: { "application/json": text } } },
      },
    },
  });
const BROKEN = buildApi({
  "GET /": { methodIntegration: { type: "MOCK", integrationResponses: { 200: { selectionPattern: "(" } } } },
});

/** A control plane in memory that can be taken away. */
export class FakeConfigSource implements ConfigSource {
  isDown = false;
  snapshotLoads = 0;
  readonly stages = new Map<string, StageRecord>();
  readonly snapshots = new Map<string, unknown>([
    ["one", mock("one")],
    ["two", mock("two")],
    ["broken", BROKEN],
  ]);
  readonly changes: ConfigChange[] = [];
  readonly endpoints = new Map<string, StoredFunctionEndpoint>();
  readonly accessKeys = new Map<string, StoredAccessKey>();
  readonly domains = new Map<string, StoredDomain>();
  readonly clientCertificates = new Map<string, StoredClientCertificate>();
  readonly counters = new Map<string, { startMs: number; used: number }[]>();

  deploy(deploymentId: string, stageName = "prod", canary?: unknown, rest: object = {}): void {
    const config = { ...stageConfigSchema.parse({ stageName, ...rest }), canary: canary ?? null };
    this.stages.set(`api1/${stageName}`, {
      apiId: "api1",
      workspaceId: "w",
      stageName,
      deploymentId,
      config,
    });
    this.note("stage", `api1/${stageName}`);
  }
  note(kind: string, subject: string): void {
    this.changes.push({ id: BigInt(this.changes.length + 1), kind, subject });
  }
  #up(): void {
    if (this.isDown) throw new Error("the database is away");
  }
  async loadAll(): Promise<WholeConfig> {
    this.#up();
    const key = { id: "k", name: "k", customerId: null, isEnabled: true, valueHash: sha256("v"), plans: [] };
    return {
      cursor: BigInt(this.changes.length),
      stages: [...this.stages.values()],
      keys: [key],
      plans: [],
      functionEndpoints: [...this.endpoints.values()],
      accessKeys: [...this.accessKeys.values()],
      domains: [...this.domains.values()],
      clientCertificates: [...this.clientCertificates.values()],
    };
  }
  async changesSince(cursor: bigint) {
    this.#up();
    return this.changes.filter((c) => c.id > cursor);
  }
  async loadStage(apiId: string, stageName: string) {
    this.#up();
    return this.stages.get(`${apiId}/${stageName}`) ?? null;
  }
  async loadStagesOf(apiId: string) {
    this.#up();
    return [...this.stages.values()].filter((s) => s.apiId === apiId);
  }
  async loadKey() {
    return null;
  }
  async loadPlan() {
    return null;
  }
  async loadFunctionEndpoint(workspaceId: string) {
    this.#up();
    return this.endpoints.get(workspaceId) ?? null;
  }
  async loadAccessKey(id: string) {
    this.#up();
    return this.accessKeys.get(id) ?? null;
  }
  async loadDomain(domainName: string) {
    this.#up();
    return this.domains.get(domainName) ?? null;
  }
  async loadClientCertificate(name: string) {
    this.#up();
    return this.clientCertificates.get(name) ?? null;
  }
  async loadUsage(planId: string, keyId: string) {
    this.#up();
    return this.counters.get(`${planId}/${keyId}`) ?? [];
  }
  async loadSnapshot(deploymentId: string) {
    this.#up();
    this.snapshotLoads++;
    const snapshot = this.snapshots.get(deploymentId);
    if (!snapshot) throw new Error(`no deployment ${deploymentId}`);
    return snapshot;
  }
}
