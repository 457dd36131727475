import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Environment } from "@/server/env";
import { claimPorts, demoBackendPort } from "./addresses";
import { findFreePort } from "./ports";

let dataDir: string;
let base: Environment;
beforeEach(async () => {
  dataDir = mkdtempSync(path.join(tmpdir(), "gatehouse-ports-"));
  const [consolePort, gatewayPort] = [await findFreePort(), await findFreePort()];
  base = { dataDir, host: "127.0.0.1", consolePort, gatewayPort } as Environment;
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

describe("the ports of an instance", () => {
  it("must differ, the one for TLS too", async () => {
    const same = { ...base, tlsPort: base.gatewayPort };
    await expect(claimPorts(same, 0)).rejects.toThrow(
      `GATEHOUSE_GATEWAY_PORT and GATEHOUSE_TLS_PORT are both ${base.gatewayPort}`,
    );
    await claimPorts({ ...base, tlsPort: await findFreePort() }, 0);
  });

  it("must be free, the one for TLS too", async () => {
    const tlsPort = await findFreePort();
    const other = net.createServer().listen(tlsPort, "127.0.0.1");
    await expect(claimPorts({ ...base, tlsPort }, 0)).rejects.toThrow("set GATEHOUSE_TLS_PORT to another");
    other.close();
  });

  it("are none of the demo backend's, whatever it had before", async () => {
    const next = base.gatewayPort + 1;
    expect(await demoBackendPort({ ...base, tlsPort: next })).not.toBe(next);
    writeFileSync(path.join(dataDir, "demo-backend.json"), JSON.stringify({ port: base.consolePort }));
    expect(await demoBackendPort(base)).not.toBe(base.consolePort);
  });
});
