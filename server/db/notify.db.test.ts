import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { useOwnDatabase } from "@/server/testing/own-database";
import { database } from "./client";
import { type Listener, listen } from "./listen";
import { CONFIG_CHANNEL, recordConfigChange } from "./notify";
import { transaction } from "./transaction";

const listeners: Listener[] = [];
afterEach(async () => {
  await Promise.all(listeners.splice(0).map((listener) => listener.close()));
});

beforeAll(async () => {
  await useOwnDatabase();
});

/** Listens, and gives the payloads as they come. */
async function listenTo(channel: string) {
  const payloads: string[] = [];
  const waiting: (() => void)[] = [];
  let connections = 0;
  const wake = () => {
    for (const resume of waiting.splice(0)) resume();
  };
  const until = async (isDone: () => boolean) => {
    while (!isDone()) await new Promise<void>((resolve) => waiting.push(resolve));
  };
  listeners.push(
    listen({
      channel,
      onConnected: () => {
        connections++;
        wake();
      },
      onNotification: (payload) => {
        payloads.push(payload);
        wake();
      },
    }),
  );
  await until(() => connections === 1);
  return { payloads, until, connections: () => connections };
}

describe("telling the data planes of a change", () => {
  it("happens with the commit, and not at all when the transaction fails", async () => {
    const { payloads, until } = await listenTo(CONFIG_CHANNEL);
    const failing = transaction(async (tx) => {
      await recordConfigChange(tx, { kind: "key", subject: "never" });
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    const id = await transaction((tx) => recordConfigChange(tx, { kind: "key", subject: "kept" }));
    await until(() => payloads.length > 0);
    expect(payloads).toEqual([String(id)]);
    expect(await database().configChange.findMany({ select: { id: true, subject: true } })).toEqual([
      { id, subject: "kept" },
    ]);
  });

  it("commits ids in their order, so that a cursor never passes a change that comes later", async () => {
    const { payloads, until } = await listenTo(CONFIG_CHANNEL);
    const ids = await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        transaction(async (tx) => {
          const id = await recordConfigChange(tx, { kind: "plan", subject: String(i) });
          // Whoever came first stays longest: without the lock the later ones would overtake.
          await tx.$executeRaw`select pg_sleep(${(8 - i) / 400})`;
          return id;
        }),
      ),
    );
    await until(() => payloads.length === ids.length);
    expect(payloads.map(BigInt)).toEqual(ids.toSorted((a, b) => Number(a - b)));
  });
});

describe("a listener", () => {
  it("connects again when its connection is lost, and says so", async () => {
    const channel = "reconnecting";
    const { payloads, until, connections } = await listenTo(channel);
    await database().$executeRaw`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and query = 'listen "reconnecting"'`;
    await until(() => connections() === 2);
    await database().$executeRaw`select pg_notify(${channel}, 'again')`;
    await until(() => payloads.length > 0);
    expect(payloads).toEqual(["again"]);
  });
});
