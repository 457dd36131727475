import type net from "node:net";

const BACKLOG = 4_096;

/** Resolves to the port; rejects if it cannot be had. */
export function listenOn(server: net.Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, BACKLOG, () => resolve((server.address() as net.AddressInfo).port));
  });
}
