import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDemoServer } from "@/server/launcher/demo-backend/demo-server";

let server: Server;
let base: string;

beforeAll(async () => {
  server = createDemoServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
});

async function call(path: string, init?: RequestInit) {
  const response = await fetch(base + path, init);
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === "" ? null : JSON.parse(text) };
}

describe("the demo backend", () => {
  it("lists pets, by type and up to a limit", async () => {
    expect((await call("/pets")).body.length).toBeGreaterThan(2);
    expect((await call("/pets?type=cat")).body.every((pet: { type: string }) => pet.type === "cat")).toBe(
      true,
    );
    expect((await call("/pets?limit=1")).body).toHaveLength(1);
    expect((await call("/pets?limit=none")).status).toBe(400);
  });

  it("adds, finds and removes a pet", async () => {
    const added = await call("/pets", { method: "POST", body: JSON.stringify({ type: "dog", name: "Rex" }) });
    expect(added.status).toBe(201);
    const path = added.headers.get("location") ?? "";
    expect((await call(path)).body).toMatchObject({ name: "Rex", price: 0, tags: [] });
    expect((await call(path, { method: "DELETE" })).status).toBe(204);
    expect((await call(path)).status).toBe(404);
  });

  it("tells what is wrong with a new pet", async () => {
    const notJson = await call("/pets", { method: "POST", body: "{" });
    expect([notJson.status, notJson.body.error]).toEqual([400, expect.stringContaining("not JSON")]);
    const noName = await call("/pets", { method: "POST", body: '{"type":"dog"}' });
    expect([noName.status, noName.body.error]).toEqual([400, expect.stringContaining("name")]);
  });

  it("answers under /echo what it was asked", async () => {
    const { body } = await call("/echo/a/b?q=1", {
      method: "PUT",
      body: "hello",
      headers: { "x-test": "yes" },
    });
    expect(body).toMatchObject({ method: "PUT", path: "/echo/a/b", query: { q: "1" }, body: "hello" });
    expect(body.headers["x-test"]).toBe("yes");
  });

  it("has an answer for what it does not know", async () => {
    expect((await call("/nothing")).status).toBe(404);
    expect((await call("/pets", { method: "PATCH" })).status).toBe(405);
  });
});
