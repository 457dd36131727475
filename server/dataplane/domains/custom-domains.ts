import { z } from "zod";

/** A custom domain name as it is stored, with its mappings; the key of its certificate is sealed, also on disk. */
export type StoredDomain = {
  readonly workspaceId: string;
  /** In lower case; its first label may be `*`. */
  readonly domainName: string;
  readonly document: unknown;
  readonly mappings: readonly {
    readonly basePath: string;
    readonly restApiId: string;
    readonly stage: string | null;
  }[];
};

export type DomainMapping = {
  /** Without slashes around it; "" is the empty base path. */
  readonly basePath: string;
  readonly restApiId: string;
  /** Null: the next segment of the path names it. */
  readonly stage: string | null;
};

export type CustomDomain = {
  readonly workspaceId: string;
  readonly domainName: string;
  readonly mappings: ReadonlyMap<string, DomainMapping>;
  /** Segments of the longest base path. */
  readonly maxDepth: number;
  /** Only TLS connections whose client showed a certificate that its truststore knows may use it. */
  readonly isMutual: boolean;
  readonly tls: DomainTls;
};

const tlsSchema = z.object({
  securityPolicy: z.string().nullish(),
  truststoreUri: z.string().nullish(),
  truststorePem: z.string().nullish(),
  certificate: z
    .object({ certificatePem: z.string(), chainPem: z.string().default(""), keyCipher: z.string() })
    .nullish(),
});
/** What a domain name says of its TLS. */
export type DomainTls = z.infer<typeof tlsSchema>;

/** AWS's name of the empty base path. */
const NONE = "(none)";

/** The custom domain names this node serves. */
export class CustomDomains {
  readonly #stored = new Map<string, StoredDomain>();
  readonly #read = new Map<string, CustomDomain>();

  /** The domain name that a host with or without a port is, or that its first label is a star of. */
  find(host: string): CustomDomain | null {
    if (this.#read.size === 0) return null;
    const portAt = host.indexOf(":");
    const name = (portAt < 0 ? host : host.slice(0, portAt)).toLowerCase();
    const exact = this.#read.get(name);
    if (exact) return exact;
    const dot = name.indexOf(".");
    return dot < 0 ? null : (this.#read.get(`*${name.slice(dot)}`) ?? null);
  }

  put(domain: StoredDomain): void {
    this.#set(domain);
  }

  remove(domainName: string): void {
    this.#stored.delete(domainName);
    this.#read.delete(domainName);
  }

  /** Of several of one name the first counts. */
  replaceAll(domains: readonly StoredDomain[]): void {
    this.#stored.clear();
    this.#read.clear();
    for (const domain of domains) if (!this.#stored.has(domain.domainName)) this.#set(domain);
  }

  snapshot(): StoredDomain[] {
    return [...this.#stored.values()];
  }

  #set(domain: StoredDomain): void {
    this.#stored.set(domain.domainName, domain);
    this.#read.set(domain.domainName, readDomain(domain));
  }
}

function readDomain({ workspaceId, domainName, document, mappings }: StoredDomain): CustomDomain {
  const parsed = tlsSchema.safeParse(document);
  // What cannot be read must not open what it was to close: nobody has a certificate for it.
  const tls = parsed.success ? parsed.data : { truststoreUri: "unreadable" };
  const byPath = new Map<string, DomainMapping>();
  let maxDepth = 0;
  for (const { basePath, restApiId, stage } of mappings) {
    const path = basePath === NONE ? "" : basePath;
    byPath.set(path, { basePath: path, restApiId, stage: stage || null });
    if (path !== "") maxDepth = Math.max(maxDepth, path.split("/").length);
  }
  const isMutual = Boolean(tls.truststoreUri || tls.truststorePem);
  return { workspaceId, domainName, mappings: byPath, maxDepth, isMutual, tls };
}
