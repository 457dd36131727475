import tls from "node:tls";
import { domainSecretId } from "@/server/adapters/certificates/domain-secret-id";
import type { CustomDomain, DomainTls } from "../domains/custom-domains";

export type KeyPair = { readonly cert: string; readonly key: string };

export type DomainServersOptions = {
  /** For names without a certificate of their own, and for no name at all. */
  fallback: KeyPair;
  /** Opens the key of a domain name's certificate; null if it cannot be. */
  openSecret: (sealed: string, id: string) => string | null;
  onConnection: (socket: tls.TLSSocket, domain: CustomDomain | null) => void;
  log: { warn(about: object, message: string): void };
};

type Entry = { domain: CustomDomain; content: string; server: tls.Server | null };

const HANDSHAKE_MS = 10_000;

/**
 * One TLS server per domain name, none of which listens itself: versions, client certificates and, above all, sessions are
 * then each name's own. A session made with one name opens no other.
 */
export class DomainServers {
  readonly #byName = new Map<string, Entry>();
  readonly #own: tls.Server;

  constructor(private readonly options: DomainServersOptions) {
    this.#own = this.#create({ ...options.fallback, minVersion: "TLSv1.2" }, null);
  }

  /** For a domain name, or null for the gateway's own names. Null: nobody can be let in. */
  of(domain: CustomDomain | null): tls.Server | null {
    if (domain === null) return this.#own;
    const known = this.#byName.get(domain.domainName);
    if (known?.domain === domain) return known.server;
    const content = JSON.stringify([domain.workspaceId, domain.tls]);
    if (known?.content === content) {
      known.domain = domain;
      return known.server;
    }
    const entry = { domain, content, server: this.#serverOf(domain, known) };
    this.#byName.set(domain.domainName, entry);
    return entry.server;
  }

  #serverOf(domain: CustomDomain, before: Entry | undefined): tls.Server | null {
    const { log } = this.options;
    const about = { domain: domain.domainName };
    const { truststorePem } = domain.tls;
    if (domain.isMutual && !truststorePem) {
      log.warn(about, "nobody can use a domain name with mutual TLS whose truststore is not here");
      return null;
    }
    try {
      const secureOptions: tls.TlsOptions = {
        ...this.#keyPairOf(domain),
        ...versionsOf(domain.tls.securityPolicy),
        // Without a sender's certificate OpenSSL itself ends the handshake.
        ...(domain.isMutual && truststorePem
          ? { requestCert: true, rejectUnauthorized: true, ca: truststorePem }
          : {}),
      };
      return this.#create(secureOptions, domain);
    } catch (error) {
      log.warn({ ...about, reason: String(error) }, "a certificate was refused; the name serves as it did");
      // An older truststore must not let in whom the new one would not.
      const isSameTrust = before?.domain.tls.truststorePem === truststorePem;
      return isSameTrust && before?.domain.workspaceId === domain.workspaceId ? before.server : null;
    }
  }

  #keyPairOf({ workspaceId, domainName, tls: { certificate } }: CustomDomain): KeyPair {
    if (!certificate) return this.options.fallback;
    const key = this.options.openSecret(certificate.keyCipher, domainSecretId(workspaceId, domainName));
    if (key === null) throw new Error("its private key cannot be opened");
    return { cert: `${certificate.certificatePem.trimEnd()}\n${certificate.chainPem}`, key };
  }

  #create(options: tls.TlsOptions, domain: CustomDomain | null): tls.Server {
    const { onConnection, log } = this.options;
    const server = tls.createServer({
      ...options,
      ALPNProtocols: ["http/1.1"],
      handshakeTimeout: HANDSHAKE_MS,
      sessionIdContext: "gatehouse",
    });
    server.on("secureConnection", (socket) => onConnection(socket, domain));
    server.on("tlsClientError", (error, socket) => {
      const reason = String(socket.authorizationError ?? (error as NodeJS.ErrnoException).code ?? error);
      log.warn({ domain: domain?.domainName ?? null, reason }, "a TLS handshake was refused");
    });
    return server;
  }
}

/** AWS's security policies by the lowest version they take. TLS 1.0 and 1.1 need ciphers that are off otherwise. */
function versionsOf(policy: DomainTls["securityPolicy"]): tls.SecureContextOptions {
  if (policy === "TLS_1_0") return { minVersion: "TLSv1", ciphers: `${tls.DEFAULT_CIPHERS}:@SECLEVEL=0` };
  const isNewest = policy === "TLS_1_3" || /TLS13_(1_3|2025_EDGE)/.test(policy ?? "");
  return { minVersion: isNewest ? "TLSv1.3" : "TLSv1.2" };
}
