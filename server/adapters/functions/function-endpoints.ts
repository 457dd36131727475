import { UpstreamError } from "@/server/gateway/ports";
import type { FunctionEndpoint, FunctionEndpoints } from "./function-invoker";
import type { SigningCredentials } from "./sign-request";

/** A workspace's function endpoint as it is stored: the secret is sealed, also on disk. */
export type StoredFunctionEndpoint = {
  readonly workspaceId: string;
  /** "" is AWS itself. */
  readonly url: string;
  readonly region: string;
  /** "": calls go unsigned. */
  readonly accessKeyId: string;
  readonly secretCipher: string;
};

/** Opens what was sealed for the row `id`; null if it cannot be. */
export type OpenSecret = (sealed: string, id: string) => string | null;

/** The id under which a workspace's secret is sealed. */
export const functionSecretId = (workspaceId: string) => `function-endpoint/${workspaceId}`;

/** Function endpoints in memory, by workspace; a secret is opened when it is first needed. */
export class MemoryFunctionEndpoints implements FunctionEndpoints {
  readonly #stored = new Map<string, StoredFunctionEndpoint>();
  readonly #opened = new Map<string, FunctionEndpoint>();

  constructor(private readonly open: OpenSecret) {}

  of(workspaceId: string): FunctionEndpoint | null {
    const known = this.#opened.get(workspaceId);
    if (known) return known;
    const stored = this.#stored.get(workspaceId);
    if (!stored) return null;
    const endpoint = openEndpoint(stored, this.open);
    this.#opened.set(workspaceId, endpoint);
    return endpoint;
  }

  put(endpoint: StoredFunctionEndpoint): void {
    this.#stored.set(endpoint.workspaceId, endpoint);
    this.#opened.delete(endpoint.workspaceId);
  }

  remove(workspaceId: string): void {
    this.#stored.delete(workspaceId);
    this.#opened.delete(workspaceId);
  }

  replaceAll(endpoints: readonly StoredFunctionEndpoint[]): void {
    this.#stored.clear();
    this.#opened.clear();
    for (const endpoint of endpoints) this.#stored.set(endpoint.workspaceId, endpoint);
  }

  snapshot(): StoredFunctionEndpoint[] {
    return [...this.#stored.values()];
  }
}

/** What is sealed: the secret alone, or with the session token that temporary credentials have. */
export function credentialText(secretAccessKey: string, sessionToken?: string): string {
  return sessionToken ? JSON.stringify({ secretAccessKey, sessionToken }) : secretAccessKey;
}

/** A secret access key has no braces, so a text that begins with one is both. */
function credentialsOf(accessKeyId: string, text: string): SigningCredentials {
  if (!text.startsWith("{")) return { accessKeyId, secretAccessKey: text };
  const { secretAccessKey, sessionToken } = JSON.parse(text) as Record<string, string>;
  return { accessKeyId, secretAccessKey: secretAccessKey ?? "", sessionToken: sessionToken ?? "" };
}

/** A stored endpoint ready for calls. Throws an UpstreamError if its secret cannot be opened. */
export function openEndpoint(stored: StoredFunctionEndpoint, open: OpenSecret): FunctionEndpoint {
  const { workspaceId, url, region, accessKeyId, secretCipher } = stored;
  if (accessKeyId === "") return { url, region, credentials: null };
  const text = open(secretCipher, functionSecretId(workspaceId));
  if (text === null)
    throw new UpstreamError("address", "the secret of the function endpoint cannot be read: set it again");
  return { url, region, credentials: credentialsOf(accessKeyId, text) };
}
