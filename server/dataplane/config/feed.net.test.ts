import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { MemoryAccessKeys } from "@/server/adapters/callers/access-keys";
import { MemoryClientCertificates } from "@/server/adapters/certificates/client-certificates";
import { MemoryFunctionEndpoints } from "@/server/adapters/functions/function-endpoints";
import { MemoryKeyStore } from "@/server/adapters/key-store";
import { FakeConfigSource, mock } from "@/server/testing/fake-config-source";
import { CustomDomains } from "../domains/custom-domains";
import { ConfigFeed } from "./feed";
import { RuntimeHolder } from "./holder";
import { LastGood } from "./last-good";
import { StageSlot } from "./stage-slot";

let folder: string;
let source: FakeConfigSource;
let holder: RuntimeHolder;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "gatehouse-feed-"));
  source = new FakeConfigSource();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function newFeed() {
  holder = new RuntimeHolder();
  const keys = new MemoryKeyStore();
  const lastGood = new LastGood(folder);
  const log = { info: () => undefined, warn: () => undefined };
  let applied = 0;
  const open = (sealed: string) => sealed.replace("sealed ", "");
  const functionEndpoints = new MemoryFunctionEndpoints(open);
  const accessKeys = new MemoryAccessKeys(open);
  const domains = new CustomDomains();
  const clientCertificates = new MemoryClientCertificates(open);
  const onApplied = () => applied++;
  const cleared: string[] = [];
  const authorizerCache = { clear: (stage: string) => cleared.push(stage) };
  const flushed: string[] = [];
  const responseCache = { clear: (stage: string) => flushed.push(stage) };
  const settled: string[] = [];
  const limits = {
    settle: (planId: string, keyId: string, { used }: { used: number }) =>
      settled.push(`${planId}/${keyId}: ${used}`),
  };
  const parts = {
    source,
    holder,
    keys,
    functionEndpoints,
    accessKeys,
    domains,
    clientCertificates,
    authorizerCache,
    responseCache,
    limits,
    lastGood,
    log,
    onApplied,
  };
  const feed = new ConfigFeed(parts);
  return { ...parts, feed, cleared, flushed, settled, applied: () => applied };
}

const deploymentOf = async (stageName = "prod") => {
  const runtime = (await holder.find("api1", stageName)?.runtime())?.production;
  return runtime?.deploymentId ?? null;
};

describe("ConfigFeed", () => {
  it("serves what is there at start and takes in a deployment after a hint", async () => {
    source.deploy("one");
    const { feed, applied } = newFeed();
    expect(await feed.start()).toBe("source");
    expect(await deploymentOf()).toBe("one");
    source.deploy("two");
    await feed.catchUp();
    expect(await deploymentOf()).toBe("two");
    expect([feed.cursor, applied()]).toEqual([2n, 2]);
  });

  it("keeps serving the last good deployment when a new one cannot be compiled, and says why", async () => {
    source.deploy("one");
    const { feed } = newFeed();
    await feed.start();
    source.deploy("broken");
    await feed.catchUp();
    expect(await deploymentOf()).toBe("one");
    expect([...feed.rejections.values()]).toMatchObject([{ stageName: "prod", deploymentId: "broken" }]);
    source.deploy("two");
    await feed.catchUp();
    expect([await deploymentOf(), feed.rejections.size]).toEqual(["two", 0]);
  });

  const canaryOf = async () => (await holder.find("api1", "prod")?.runtime())?.canary?.runtime.deploymentId;

  it.each([
    ["that cannot be compiled", { deploymentId: "broken", percentTraffic: 50 }],
    ["whose rule a newer version wrote", { deploymentId: "two", percentTraffic: 50, sticky: { by: "moon" } }],
    ["whose snapshot is gone", { deploymentId: "lost", percentTraffic: 50 }],
  ])("serves a stage without a canary %s, after a start and in service, and tells why", async (_, canary) => {
    source.deploy("one", "prod", canary);
    const { feed, applied } = newFeed();
    await feed.start();
    const before = applied();
    expect([await deploymentOf(), await canaryOf()]).toEqual(["one", undefined]);
    const told = { stageName: "prod", deploymentId: canary.deploymentId, isCanary: true };
    expect([...feed.rejections.values()]).toMatchObject([told]);
    expect(applied()).toBe(before + 1);
    source.deploy("two", "prod", canary);
    await feed.catchUp();
    expect([await deploymentOf(), await canaryOf()]).toEqual(["two", undefined]);
    await feed.resync();
    expect([...feed.rejections.values()]).toMatchObject([told]);
    source.deploy("two", "prod", { deploymentId: "one", percentTraffic: 50 });
    await feed.catchUp();
    expect([await canaryOf(), feed.rejections.size]).toEqual(["one", 0]);
  });

  it("takes a canary in with the next resync when its snapshot could not be had at first", async () => {
    source.deploy("one", "prod", { deploymentId: "later", percentTraffic: 50 });
    const { feed } = newFeed();
    await feed.start();
    expect(await canaryOf()).toBeUndefined();
    source.snapshots.set("later", mock("later"));
    await feed.resync();
    expect([await canaryOf(), feed.rejections.size]).toEqual(["later", 0]);
  });

  it("tells of a deployment that a request finds broken after a start", async () => {
    source.deploy("broken");
    const { feed } = newFeed();
    await feed.start();
    await expect(deploymentOf()).rejects.toThrow();
    expect([...feed.rejections.values()]).toMatchObject([{ deploymentId: "broken", isCanary: false }]);
  });

  it("serves on when the source goes away, and catches up when it is back", async () => {
    source.deploy("one");
    const { feed } = newFeed();
    await feed.start();
    expect(await deploymentOf()).toBe("one");
    source.isDown = true;
    await expect(feed.catchUp()).rejects.toThrow("away");
    expect(await deploymentOf()).toBe("one");
    source.isDown = false;
    source.deploy("two");
    await feed.catchUp();
    expect(await deploymentOf()).toBe("two");
  });

  it("starts from disk while the source is away, with keys, and needs no source for snapshots", async () => {
    source.deploy("one");
    const first = newFeed();
    await first.feed.start();
    await deploymentOf();
    await first.lastGood.save(first.feed.current());
    source.isDown = true;
    const second = newFeed();
    expect(await second.feed.start()).toBe("disk");
    expect(await deploymentOf()).toBe("one");
    expect(second.keys.keyCount).toBe(1);
    source.isDown = false;
    source.deploy("two");
    await second.feed.catchUp();
    expect(await deploymentOf()).toBe("two");
  });

  it("does not start when there is neither source nor disk", async () => {
    source.isDown = true;
    await expect(newFeed().feed.start()).rejects.toThrow("away");
  });

  it("takes in client certificates, and keeps their keys sealed on disk", async () => {
    const { feed, clientCertificates, lastGood } = newFeed();
    const stored = { workspaceId: "w", id: "c", certificatePem: "cert", keyCipher: "sealed key" };
    await feed.start();
    source.clientCertificates.set("w/c", stored);
    source.note("client-certificate", "w/c");
    await feed.catchUp();
    expect(clientCertificates.find("w/c")).toEqual({ cert: "cert", key: "key" });
    await lastGood.save(feed.current());
    expect(await lastGood.read()).toMatchObject({ clientCertificates: [stored] });
    source.clientCertificates.clear();
    source.note("client-certificate", "w/c");
    await feed.catchUp();
    expect(clientCertificates.find("w/c")).toBeNull();
  });

  it("takes in function endpoints and access keys, and keeps their secrets sealed on disk", async () => {
    const { feed, functionEndpoints, accessKeys, lastGood } = newFeed();
    source.endpoints.set("w", {
      workspaceId: "w",
      url: "",
      region: "eu-west-1",
      accessKeyId: "AKIA",
      secretCipher: "sealed s1",
    });
    await feed.start();
    expect(functionEndpoints.of("w")?.credentials?.secretAccessKey).toBe("s1");
    source.accessKeys.set("k1", {
      id: "k1",
      workspaceId: "w",
      name: "k",
      secretCipher: "sealed s2",
      policy: null,
    });
    source.endpoints.clear();
    source.note("access-key", "k1");
    source.note("function-endpoint", "w");
    await feed.catchUp();
    expect(functionEndpoints.of("w")).toBeNull();
    expect(accessKeys.find("k1", "w")?.secretAccessKey).toBe("s2");
    expect(accessKeys.find("k1", "another")).toBeNull();
    await lastGood.save(feed.current());
    const disk = await lastGood.read();
    expect(disk?.accessKeys).toMatchObject([{ secretCipher: "sealed s2" }]);
    source.accessKeys.clear();
    source.note("access-key", "k1");
    await feed.catchUp();
    expect(accessKeys.find("k1", "w")).toBeNull();
  });

  it("takes in domain names with their mappings, keeps them on disk, and forgets those that are deleted", async () => {
    const { feed, domains, lastGood } = newFeed();
    await feed.start();
    const mappings = [{ basePath: "v1", restApiId: "api1", stage: "prod" }];
    source.domains.set("api.test", { workspaceId: "w", domainName: "api.test", document: {}, mappings });
    source.note("domain", "api.test");
    await feed.catchUp();
    expect(domains.find("api.test")?.mappings.size).toBe(1);
    await lastGood.save(feed.current());
    source.isDown = true;
    const second = newFeed();
    expect(await second.feed.start()).toBe("disk");
    expect(second.domains.find("api.test")?.mappings.size).toBe(1);
    source.isDown = false;
    source.domains.clear();
    source.note("domain", "api.test");
    await feed.catchUp();
    expect(domains.find("api.test")).toBeNull();
  });

  it("forgets what a stage's authorizers decided when it is told to", async () => {
    const { feed, cleared } = newFeed();
    await feed.start();
    source.note("authorizer-cache", "api1/prod");
    await feed.catchUp();
    expect(cleared).toEqual(["api1/prod"]);
  });

  it("drops a stage's answers when it is told to, also where a full resync passes over it", async () => {
    const { feed, flushed, cleared } = newFeed();
    await feed.start();
    source.note("response-cache", "api1/prod");
    await feed.catchUp();
    source.note("response-cache", "api1/test");
    source.note("authorizer-cache", "api1/test");
    await feed.resync();
    await feed.catchUp();
    expect([flushed, cleared]).toEqual([["api1/prod", "api1/test"], ["api1/test"]]);
  });

  it("drops a stage's answers when its cache is switched, sized or encrypted anew, and when the stage is gone", async () => {
    const { feed, flushed } = newFeed();
    source.deploy("one");
    await feed.start();
    const dropsAfter = async (config: object) => {
      source.deploy("one", "prod", null, config);
      const before = flushed.length;
      await feed.catchUp();
      return flushed.length - before;
    };
    const on = { cacheClusterEnabled: true };
    const encrypted = { methodSettings: { "*/*": { cacheDataEncrypted: true } } };
    expect(await dropsAfter(on)).toBe(1);
    expect(await dropsAfter({ ...on, cacheClusterSize: "0.5" })).toBe(0);
    expect(await dropsAfter({ ...on, variables: { a: "b" } })).toBe(0);
    expect(await dropsAfter({ ...on, cacheClusterSize: "1.6" })).toBe(1);
    expect(await dropsAfter({ ...on, ...encrypted })).toBe(1);
    expect(await dropsAfter({ cacheClusterEnabled: false })).toBe(1);
    const odd = { ...on, stageName: "prod", methodSettings: { "*/*": null } };
    const record = source.stages.get("api1/prod");
    if (record) holder.put(new StageSlot({ ...record, config: odd }, () => mock("one")));
    expect(await dropsAfter({ cacheClusterEnabled: false, variables: { c: "d" } })).toBe(1);
    source.stages.clear();
    source.note("stage", "api1/prod");
    await feed.catchUp();
    expect(flushed).toHaveLength(6);
  });

  it("reads everything anew, and forgets what authorizers decided, when everything may be another", async () => {
    source.deploy("one");
    const { feed, keys, cleared } = newFeed();
    await feed.start();
    source.deploy("two");
    source.deploy("one", "test");
    source.changes.length = 1;
    source.note("all", "");
    keys.replaceAll([], []);
    await feed.catchUp();
    expect([await deploymentOf(), await deploymentOf("test"), keys.keyCount]).toEqual(["two", "one", 1]);
    expect(cleared).toEqual(["api1/prod", "api1/test"]);
    expect(feed.cursor).toBe(2n);
  });

  it("takes in quota counters that were set, also those a full resync passes over", async () => {
    const { feed, settled } = newFeed();
    await feed.start();
    source.counters.set("plan/key", [{ startMs: 0, used: -5 }]);
    source.note("usage", "plan/key");
    await feed.catchUp();
    source.counters.set("plan/key", [{ startMs: 0, used: 7 }]);
    source.note("usage", "plan/key");
    await feed.resync();
    await feed.catchUp();
    expect(settled).toEqual(["plan/key: -5", "plan/key: 7"]);
  });

  it("brings every snapshot in use to disk without being asked for it", async () => {
    source.deploy("one");
    source.deploy("two", "test");
    const { feed, lastGood } = newFeed();
    await feed.start();
    await expect.poll(() => lastGood.knownSnapshots()).toEqual(new Set(["one", "two"]));
  });

  it("removes deleted stages and APIs", async () => {
    source.deploy("one");
    source.deploy("two", "test");
    const { feed } = newFeed();
    await feed.start();
    source.stages.delete("api1/test");
    source.note("stage", "api1/test");
    await feed.catchUp();
    expect([await deploymentOf("test"), await deploymentOf()]).toEqual([null, "one"]);
    source.stages.clear();
    source.note("api", "api1");
    await feed.catchUp();
    expect(await deploymentOf()).toBeNull();
  });

  it("repairs with a full resync what no change told it", async () => {
    source.deploy("one");
    const { feed } = newFeed();
    await feed.start();
    source.deploy("two");
    source.changes.pop();
    await feed.catchUp();
    expect(await deploymentOf()).toBe("one");
    await feed.resync();
    expect(await deploymentOf()).toBe("two");
  });

  it("lets a request that is under way finish on the deployment it began with", async () => {
    source.deploy("one");
    const { feed } = newFeed();
    await feed.start();
    const pinned = (await holder.find("api1", "prod")?.runtime())?.production;
    source.deploy("two");
    await feed.catchUp();
    expect([pinned?.deploymentId, await deploymentOf()]).toEqual(["one", "two"]);
  });

  it("passes over a change of a kind it does not know, and goes on", async () => {
    source.deploy("one");
    const { feed } = newFeed();
    await feed.start();
    source.note("comet", "halley");
    source.deploy("two");
    await feed.catchUp();
    expect([await deploymentOf(), feed.cursor]).toEqual(["two", 3n]);
  });
});

describe("RuntimeHolder", () => {
  it("forgets the least recently used program beyond its limit and compiles it again when asked", async () => {
    source.deploy("one", "a");
    source.deploy("one", "b");
    source.deploy("one", "c");
    const { feed } = newFeed();
    const small = new RuntimeHolder(2);
    await feed.start();
    for (const slot of holder.all()) small.put(slot);
    for (const name of ["a", "b", "a", "c"]) await small.find("api1", name)?.runtime();
    expect(small.all().map((slot) => [slot.record.stageName, slot.isCompiled])).toEqual([
      ["a", true],
      ["b", false],
      ["c", true],
    ]);
    await small.find("api1", "b")?.runtime();
    expect(small.compiledCount).toBe(2);
  });
});
