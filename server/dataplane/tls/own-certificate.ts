import { X509Certificate } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { selfSignedCertificate } from "@/server/adapters/certificates/self-signed-certificate";
import type { KeyPair } from "./domain-servers";

const YEAR_MS = 365 * 86_400_000;
const NAMES = ["*.execute-api.localhost", "localhost"];

/** The gateway's own certificate for local names, kept in `folder` so that it can be trusted once; made anew in its last month. */
export async function ownCertificate(folder: string, now: Date): Promise<KeyPair> {
  const certFile = path.join(folder, "gateway.crt");
  const keyFile = path.join(folder, "gateway.key");
  const kept = await Promise.all([readFile(certFile, "utf8"), readFile(keyFile, "utf8")]).catch(() => null);
  if (kept && isGood(kept[0], now)) return { cert: kept[0], key: kept[1] };
  const until = new Date(now.getTime() + YEAR_MS);
  const made = await selfSignedCertificate({ commonName: "Gatehouse", from: now, until, dnsNames: NAMES });
  await mkdir(folder, { recursive: true });
  await writeFile(keyFile, made.privateKeyPem, { mode: 0o600 });
  await writeFile(certFile, made.certificatePem);
  return { cert: made.certificatePem, key: made.privateKeyPem };
}

function isGood(certificatePem: string, now: Date): boolean {
  try {
    return Date.parse(new X509Certificate(certificatePem).validTo) - now.getTime() > YEAR_MS / 12;
  } catch {
    return false;
  }
}
