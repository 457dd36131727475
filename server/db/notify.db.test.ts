import pg from "pg";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { useOwnDatabase } from "@/server/testing/own-database";
import { database } from "./client";
import { CONFIG_CHANNEL } from "./config-change";
import { recordConfigChange } from "./notify";
import { transaction } from "./transaction";

let url = "";
const clients: pg.Client[] = [];

beforeAll(async () => {
  url = await useOwnDatabase();
});

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.end()));
});

/** Listens as a data plane does; `next(n)` waits for n payloads. */
async function listenToChanges() {
  const client = new pg.Client({ connectionString: url });
  clients.push(client);
  const payloads: string[] = [];
  let wake = () => {};
  client.on("notification", ({ payload }) => {
    payloads.push(payload ?? "");
    wake();
  });
  await client.connect();
  await client.query(`listen ${CONFIG_CHANNEL}`);
  const next = async (count: number) => {
    while (payloads.length < count) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    return payloads;
  };
  return { next };
}

describe("telling the data planes of a change", () => {
  it("happens with the commit, and not at all when the transaction fails", async () => {
    const { next } = await listenToChanges();
    const failing = transaction(async (tx) => {
      await recordConfigChange(tx, { kind: "key", subject: "never" });
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    const id = await transaction((tx) => recordConfigChange(tx, { kind: "key", subject: "kept" }));
    expect(await next(1)).toEqual([String(id)]);
    expect(await database().configChange.findMany({ select: { id: true, subject: true } })).toEqual([
      { id, subject: "kept" },
    ]);
  });

  it("commits ids in their order, so that a cursor never passes a change that comes later", async () => {
    const { next } = await listenToChanges();
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
    expect((await next(ids.length)).map(BigInt)).toEqual(ids.toSorted((a, b) => Number(a - b)));
  });
});
