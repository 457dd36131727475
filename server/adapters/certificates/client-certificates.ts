import type { OpenSecret } from "../functions/function-endpoints";

/** A workspace's certificate for back ends as it is stored: the key is sealed, also on disk. */
export type StoredClientCertificate = {
  readonly workspaceId: string;
  readonly id: string;
  readonly certificatePem: string;
  readonly keyCipher: string;
};

/** PEM. */
export type ClientCertificate = { readonly cert: string; readonly key: string };

export type ClientCertificates = {
  /** By `workspaceId/id`; null if there is none, or its key cannot be opened. */
  find(name: string): ClientCertificate | null;
};

/** The id under which a certificate's key is sealed. */
export const clientCertificateSecretId = (id: string) => `client-certificate/${id}`;

export const NO_CLIENT_CERTIFICATES: ClientCertificates = { find: () => null };

/** Client certificates in memory; a key is opened when it is first needed. */
export class MemoryClientCertificates implements ClientCertificates {
  readonly #stored = new Map<string, StoredClientCertificate>();
  readonly #opened = new Map<string, ClientCertificate | null>();

  constructor(private readonly open: OpenSecret) {}

  find(name: string): ClientCertificate | null {
    let opened = this.#opened.get(name);
    if (opened === undefined) {
      const stored = this.#stored.get(name);
      const key = stored ? this.open(stored.keyCipher, clientCertificateSecretId(stored.id)) : null;
      opened = stored && key !== null ? { cert: stored.certificatePem, key } : null;
      if (stored) this.#opened.set(name, opened);
    }
    return opened;
  }

  put(certificate: StoredClientCertificate): void {
    const name = nameOf(certificate);
    if (!isSame(this.#stored.get(name), certificate)) this.#opened.delete(name);
    this.#stored.set(name, certificate);
  }

  /** @param name `workspaceId/id` */
  remove(name: string): void {
    this.#stored.delete(name);
    this.#opened.delete(name);
  }

  replaceAll(certificates: readonly StoredClientCertificate[]): void {
    const named = new Set(certificates.map(nameOf));
    for (const name of this.#stored.keys()) if (!named.has(name)) this.remove(name);
    for (const certificate of certificates) this.put(certificate);
  }

  snapshot(): StoredClientCertificate[] {
    return [...this.#stored.values()];
  }
}

/** What is the same stays opened as it is: connections are kept by it, over full reads too. */
const isSame = (a: StoredClientCertificate | undefined, b: StoredClientCertificate) =>
  a?.certificatePem === b.certificatePem && a.keyCipher === b.keyCipher;

const nameOf = ({ workspaceId, id }: StoredClientCertificate) => `${workspaceId}/${id}`;
