import type { ConfigSource } from "./config-source";

const refuse = () => Promise.reject(new Error("no database is configured"));

/** A node without a database: it serves what is on disk. */
export const noSource: ConfigSource = {
  loadAll: refuse,
  changesSince: refuse,
  loadStage: refuse,
  loadStagesOf: refuse,
  loadKey: refuse,
  loadPlan: refuse,
  loadFunctionEndpoint: refuse,
  loadAccessKey: refuse,
  loadDomain: refuse,
  loadClientCertificate: refuse,
  loadUsage: refuse,
  loadSnapshot: refuse,
};
