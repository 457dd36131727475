import net, { type AddressInfo, type Socket } from "node:net";

/** What a back end does with a connection once it has read a request head. */
export type Behaviour = (socket: Socket, head: string) => void;

/** A back end of raw sockets, for answers no HTTP library would send. Counts what it was asked. */
export async function startHostileBackend(behave: () => Behaviour) {
  const sockets = new Set<Socket>();
  const heads: string[] = [];
  const server = net.createServer((socket) => {
    sockets.add(socket);
    let head = "";
    socket.on("error", () => undefined);
    socket.on("close", () => sockets.delete(socket));
    socket.on("data", (chunk) => {
      head += chunk.toString("latin1");
      if (!head.includes("\r\n\r\n")) return;
      heads.push(head);
      behave()(socket, head);
      head = "";
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heads,
    openSockets: () => sockets.size,
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
