import net from "node:net";
import type { TLSSocket } from "node:tls";
import type { PresentedCertificate } from "@/server/gateway/http-message";
import type { CustomDomain, CustomDomains } from "../domains/custom-domains";
import type { HttpServer } from "../http1/http-server";
import { listenOn } from "../listeners/listen-on";
import { DomainServers, type DomainServersOptions } from "./domain-servers";
import { serverNameOf } from "./server-name";

const MAX_HELLO_BYTES = 65_536;
const HELLO_MS = 10_000;

export type TlsListenerOptions = Omit<DomainServersOptions, "onConnection"> & {
  domains: CustomDomains;
  http: HttpServer;
};

/**
 * Takes TLS connections and hands them to the HTTP server. The name is read before the handshake begins, so that each name
 * has its own versions, truststore and sessions.
 */
export class TlsListener {
  readonly #servers: DomainServers;
  readonly #server: net.Server;
  readonly #shaking = new Set<net.Socket>();

  constructor(private readonly options: TlsListenerOptions) {
    this.#servers = new DomainServers({ ...options, onConnection: (s, domain) => this.#hand(s, domain) });
    this.#server = net.createServer({ allowHalfOpen: true, noDelay: true }, (socket) => this.accept(socket));
  }

  /** Resolves to the port; rejects if it cannot be had. */
  listen(port: number, host: string): Promise<number> {
    return listenOn(this.#server, port, host);
  }

  /** Takes no more; connections that are made are the HTTP server's to end. */
  close(): void {
    this.#server.close();
    for (const socket of this.#shaking) socket.destroy();
  }

  /** Serves a connection that nothing was read from yet. */
  accept(socket: net.Socket, onClosed: () => void = () => undefined): void {
    this.#shaking.add(socket);
    socket.allowHalfOpen = true;
    socket.on("close", () => {
      this.#shaking.delete(socket);
      onClosed();
    });
    socket.on("error", () => undefined);
    socket.on("end", () => socket.destroy());
    socket.setTimeout(HELLO_MS, () => socket.destroy());
    let hello: Buffer = Buffer.alloc(0);
    const onReadable = () => {
      for (let bytes = socket.read(); bytes !== null; bytes = socket.read())
        hello = hello.length === 0 ? bytes : Buffer.concat([hello, bytes]);
      if (hello.length === 0) return;
      const name = serverNameOf(hello);
      if (name === undefined && hello.length < MAX_HELLO_BYTES) return;
      socket.off("readable", onReadable);
      socket.removeAllListeners("end");
      socket.removeAllListeners("timeout");
      socket.setTimeout(0);
      const server = this.#servers.of(name ? this.options.domains.find(name) : null);
      if (server === null) {
        socket.destroy();
        return;
      }
      socket.unshift(hello);
      server.emit("connection", socket);
    };
    socket.on("readable", onReadable);
  }

  #hand(socket: TLSSocket, domain: CustomDomain | null): void {
    const clientCertificate = domain?.isMutual ? presented(socket) : null;
    // A session that is taken up again counts as authorized even if no certificate was part of it.
    if (domain?.isMutual && (clientCertificate === null || !socket.authorized)) {
      this.options.log.warn({ domain: domain.domainName }, "a client without a certificate was refused");
      socket.destroy();
      return;
    }
    const domainName = domain?.domainName ?? null;
    const truststore = domain?.tls.truststorePem ?? null;
    this.options.http.adopt(socket, { domainName, truststore, clientCertificate });
  }
}

function presented(socket: TLSSocket): PresentedCertificate | null {
  const certificate = socket.getPeerX509Certificate();
  if (!certificate) return null;
  const { subject, issuer, serialNumber, validFrom, validTo } = certificate;
  return {
    clientCertPem: certificate.toString(),
    subjectDN: distinguishedName(subject),
    issuerDN: distinguishedName(issuer),
    serialNumber: serialNumber.toLowerCase().match(/../g)?.join(":") ?? "",
    validity: { notBefore: validFrom, notAfter: validTo },
  };
}

/** Most specific part first, in one line (RFC 4514). */
function distinguishedName(lines: string): string {
  return lines.split("\n").reverse().join(",");
}
