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
    this.#stored.set(name, certificate);
    this.#opened.delete(name);
  }

  /** @param name `workspaceId/id` */
  remove(name: string): void {
    this.#stored.delete(name);
    this.#opened.delete(name);
  }

  replaceAll(certificates: readonly StoredClientCertificate[]): void {
    this.#stored.clear();
    this.#opened.clear();
    for (const certificate of certificates) this.#stored.set(nameOf(certificate), certificate);
  }

  snapshot(): StoredClientCertificate[] {
    return [...this.#stored.values()];
  }
}

const nameOf = ({ workspaceId, id }: StoredClientCertificate) => `${workspaceId}/${id}`;
