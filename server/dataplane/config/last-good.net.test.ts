import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import type { WholeConfig } from "./config-source";
import { LastGood } from "./last-good";

const folder = mkdtempSync(path.join(tmpdir(), "gatehouse-last-good-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const configOf = (cursor: bigint): WholeConfig => ({
  cursor,
  stages: [],
  keys: [],
  plans: [],
  functionEndpoints: [],
  accessKeys: [],
  domains: [],
  clientCertificates: [],
});

it("is written by one of several workers: another one that is behind replaces and removes nothing, but brings snapshots", async () => {
  const keeper = new LastGood(folder);
  const other = new LastGood(folder, false);
  await keeper.save(configOf(7n));
  await keeper.saveSnapshot("new", { deployment: "new" });
  await other.save(configOf(6n));
  other.saveSoon(() => configOf(6n));
  await other.saveSnapshot("old", { deployment: "old" });
  await other.prune(new Set(["old"]));
  await other.close();
  expect((await keeper.read())?.cursor).toBe(7n);
  expect(await keeper.knownSnapshots()).toEqual(new Set(["new", "old"]));
  await keeper.prune(new Set(["new"]));
  expect(await other.knownSnapshots()).toEqual(new Set(["new"]));
});
