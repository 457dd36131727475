import { createRemoteJWKSet, customFetch, decodeJwt, errors, type JWTVerifyGetKey, jwtVerify } from "jose";
import type { Clock, TokenIssuer, TokenVerdict, TokenVerifier } from "@/server/gateway/ports";

/** Only signatures with public keys: with HMAC, whoever can verify could sign. */
const ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"];
const FETCH_TIMEOUT_MS = 5_000;
const KEYS_KEPT_MS = 10 * 60_000;
/** An unknown key id makes the keys be fetched again, but not more often than this. */
const COOLDOWN_MS = 30_000;
const MAX_ISSUERS = 500;
/** Of a document with keys, unpacked; real ones have a few thousand. */
const MAX_DOCUMENT_BYTES = 1_048_576;

/** The TokenVerifier port: keys are fetched once per issuer, kept, and fetched anew when they rotate. */
export class JwksTokenVerifier implements TokenVerifier {
  readonly #keySets = new Map<string, JWTVerifyGetKey>();
  readonly #discoveries = new Map<string, { url: Promise<string>; failedAtMs: number }>();

  constructor(
    private readonly clock: Pick<Clock, "nowMs">,
    private readonly options: { cooldownMs?: number; timeoutMs?: number } = {},
  ) {}

  async verify(token: string, issuers: readonly TokenIssuer[]): Promise<TokenVerdict> {
    let claimed: string | undefined;
    try {
      claimed = decodeJwt(token).iss;
    } catch {
      return { outcome: "invalid", reason: "it is no JSON Web Token" };
    }
    const issuer = issuers.find((known) => known.issuer === claimed);
    if (!issuer)
      return { outcome: "invalid", reason: `nobody here trusts the issuer ${claimed ?? "(none)"}` };
    try {
      const { payload } = await jwtVerify(token, await this.#keysOf(issuer), {
        algorithms: ALGORITHMS,
        issuer: issuer.issuer,
        currentDate: new Date(this.clock.nowMs()),
        requiredClaims: ["exp"],
      });
      return { outcome: "verified", claims: payload };
    } catch (error) {
      return verdictOf(error);
    }
  }

  async #keysOf(issuer: TokenIssuer): Promise<JWTVerifyGetKey> {
    const url = issuer.jwksUrl ?? (await this.#discover(issuer.issuer));
    const known = this.#keySets.get(url);
    if (known) return known;
    const keys = createRemoteJWKSet(new URL(url), {
      timeoutDuration: this.options.timeoutMs ?? FETCH_TIMEOUT_MS,
      cacheMaxAge: KEYS_KEPT_MS,
      cooldownDuration: this.options.cooldownMs ?? COOLDOWN_MS,
      [customFetch]: fetchBounded,
    });
    keepBounded(this.#keySets, url, keys);
    return keys;
  }

  /** The key set's address by OpenID Connect discovery; asked for once, again after a failure has cooled down. */
  #discover(issuer: string): Promise<string> {
    const known = this.#discoveries.get(issuer);
    const cooldownMs = this.options.cooldownMs ?? COOLDOWN_MS;
    if (known && this.clock.nowMs() - known.failedAtMs < cooldownMs) return known.url;
    const entry = {
      url: fetchJwksUrl(issuer, this.options.timeoutMs ?? FETCH_TIMEOUT_MS),
      failedAtMs: Number.POSITIVE_INFINITY,
    };
    keepBounded(this.#discoveries, issuer, entry);
    entry.url.catch(() => {
      entry.failedAtMs = this.clock.nowMs();
    });
    return entry.url;
  }
}

class UnavailableError extends Error {}

/** As fetch, but reads no more than a document may have: its sender must not decide how much memory it takes. */
async function fetchBounded(url: string, init: RequestInit): Promise<Response> {
  const answer = await fetch(url, init);
  const pieces: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const piece of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
    sizeBytes += piece.length;
    if (sizeBytes > MAX_DOCUMENT_BYTES) throw new Error(`more than ${MAX_DOCUMENT_BYTES} bytes`);
    pieces.push(piece);
  }
  const { status } = answer;
  return new Response(status === 204 || status === 304 ? null : Buffer.concat(pieces), { status });
}

async function fetchJwksUrl(issuer: string, timeoutMs: number): Promise<string> {
  const address = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
  try {
    const answer = await fetchBounded(address, {
      signal: AbortSignal.timeout(timeoutMs),
      redirect: "error",
    });
    const document = (await answer.json()) as { issuer?: unknown; jwks_uri?: unknown };
    const { issuer: stated, jwks_uri: url } = document;
    if (!answer.ok || stated !== issuer) throw new Error(`it names the issuer ${String(stated)}`);
    if (typeof url !== "string" || !/^https?:/.test(url) || !URL.canParse(url))
      throw new Error("it names no keys");
    return url;
  } catch (error) {
    throw new UnavailableError(`${address}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function verdictOf(error: unknown): TokenVerdict {
  const reason = error instanceof Error ? error.message : String(error);
  if (error instanceof errors.JWTExpired) return { outcome: "expired", reason };
  const isTokensFault =
    error instanceof errors.JOSEError &&
    !(error instanceof errors.JWKSTimeout) &&
    !(error instanceof errors.JWKSInvalid) &&
    error.code !== "ERR_JOSE_GENERIC";
  return { outcome: isTokensFault ? "invalid" : "unavailable", reason };
}

function keepBounded<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  map.set(key, value);
  for (const oldest of map.keys()) {
    if (map.size <= MAX_ISSUERS) return;
    map.delete(oldest);
  }
}
