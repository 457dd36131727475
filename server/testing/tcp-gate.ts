import type { AddressInfo } from "node:net";
import net from "node:net";

export type TcpGate = {
  /** The same URL by way of the gate. */
  url: string;
  /** Cuts all connections and takes no new ones, as when the server behind is killed. */
  shut: () => void;
  open: () => void;
  close: () => Promise<void>;
};

/** A way to a server on this machine that can be cut off. */
export async function startTcpGate(target: string): Promise<TcpGate> {
  const url = new URL(target);
  const behind = { host: url.hostname, port: Number(url.port) };
  const sockets = new Set<net.Socket>();
  let isShut = false;
  const keep = (socket: net.Socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
  };
  const server = net.createServer((client) => {
    keep(client);
    if (isShut) {
      client.resetAndDestroy();
      return;
    }
    const onward = net.connect(behind);
    keep(onward);
    client.pipe(onward).pipe(client);
    client.on("close", () => onward.destroy());
    onward.on("close", () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url.hostname = "127.0.0.1";
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    shut() {
      isShut = true;
      for (const socket of sockets) socket.resetAndDestroy();
    },
    open() {
      isShut = false;
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
