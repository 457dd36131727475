import { mkdirSync, writeFileSync } from "node:fs";
import net from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundleGateway, type GatewayPrograms } from "@/server/testing/gateway-program";

let programs: GatewayPrograms;
beforeAll(async () => {
  programs = await bundleGateway();
}, 30_000);
afterAll(() => programs?.stopAll());

describe("a gateway of two workers that cannot start", () => {
  it("ends with 1 where there is neither a database nor a configuration on disk", async () => {
    const environment = {
      DATABASE_URL: "postgresql://nobody@127.0.0.1:1/nowhere",
      GATEHOUSE_WORKERS: "2",
      GATEHOUSE_LOG_LEVEL: "silent",
    };
    await expect(programs.start("empty", environment)).rejects.toThrow("ended with 1");
  });

  it("ends with 1 where its port is taken", async () => {
    const other = net.createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const { port } = other.address() as net.AddressInfo;

    mkdirSync(`${programs.folder}/taken/last-good`, { recursive: true });
    const nothing = { stages: [], keys: [], plans: [] };
    writeFileSync(
      `${programs.folder}/taken/last-good/state.json`,
      JSON.stringify({ formatVersion: 1, cursor: "1", ...nothing }),
    );
    const environment = {
      DATABASE_URL: "postgresql://nobody@127.0.0.1:1/nowhere",
      GATEHOUSE_WORKERS: "2",
      GATEHOUSE_GATEWAY_PORT: String(port),
      GATEHOUSE_LOG_LEVEL: "silent",
    };
    await expect(programs.start("taken", environment)).rejects.toThrow("ended with 1");
    other.close();
  });
});
