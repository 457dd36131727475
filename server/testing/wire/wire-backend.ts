import net, { type AddressInfo, type Socket } from "node:net";
import { RequestReader, type SeenRequest } from "./request-reader";
import { playScript, type SocketScript } from "./socket-script";

export type WireBackend = Awaited<ReturnType<typeof startWireBackend>>;

/** A back end of raw sockets: counts the requests that came whole and answers each with a script. */
export async function startWireBackend() {
  const sockets = new Set<Socket>();
  const backend = {
    url: "",
    seen: [] as SeenRequest[],
    /** What could not be read as HTTP/1.1. */
    garbage: [] as string[],
    answer: (_request: SeenRequest): SocketScript => ["HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"],
    openSockets: () => sockets.size,
    hangUp() {
      for (const socket of sockets) socket.destroy();
    },
    close() {
      backend.hangUp();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  const server = net.createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    const reader = new RequestReader();
    socket.on("error", () => undefined);
    socket.on("close", () => sockets.delete(socket));
    socket.on("data", (bytes) => {
      const requests = reader.push(bytes.toString("latin1"));
      if (requests === "garbage") {
        backend.garbage.push(bytes.toString("latin1").slice(0, 1_000));
        socket.destroy();
        return;
      }
      for (const request of requests) {
        backend.seen.push(request);
        void playScript(socket, backend.answer(request));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  backend.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return backend;
}
