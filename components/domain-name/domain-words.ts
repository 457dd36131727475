import { shellQuote } from "../shell/shell-quote";
import type { Answers, Inputs } from "../trpc/trpc";

export type DomainList = Answers["domainName"]["list"];
export type Domain = DomainList["domains"][number];
export type Mapping = Domain["mappings"][number];

/** From here on a certificate is worth a warning. */
export const SOON_DAYS = 30;
const DAY_MS = 86_400_000;

export type CertificateState = { tone: "ok" | "warn" | "bad"; text: string };

/** How a domain name stands, the worst first. */
export function certificateState({ certificate }: Pick<Domain, "certificate">, now: Date): CertificateState {
  if (!certificate) return { tone: "warn", text: "the gateway's own" };
  const days = Math.floor((Date.parse(certificate.expiresAt) - now.getTime()) / DAY_MS);
  if (days < 0) return { tone: "bad", text: "expired" };
  if (!certificate.coversName) return { tone: "bad", text: "for another name" };
  if (days < SOON_DAYS) return { tone: "warn", text: days === 1 ? "1 day left" : `${days} days left` };
  return { tone: "ok", text: certificate.isSelfSigned ? "self-signed" : "valid" };
}

/** Those of AWS's security policies that can be chosen here. */
export type Policy = Inputs["domainName"]["setSecurityPolicy"]["securityPolicy"];

const POLICY_NAMES: Readonly<Record<Policy, string>> = {
  TLS_1_0: "TLS 1.0 and newer",
  TLS_1_2: "TLS 1.2 and newer",
  SecurityPolicy_TLS13_1_3_2025_09: "TLS 1.3 only",
};
export const POLICY_WORDS: Readonly<Record<string, string>> = POLICY_NAMES;

/** `https://api.example.com/v1`; with a star any name will do. */
export function addressOf(
  { domainName }: Pick<Domain, "domainName">,
  { basePath, stageName }: Pick<Mapping, "basePath" | "stageName">,
  { port, tlsPort }: DomainList["gateway"],
): string {
  const host = domainName.replace(/^\*/, "any-name");
  const [scheme, at, usual] = tlsPort === null ? ["http", port, 80] : ["https", tlsPort, 443];
  const path = [basePath, stageName === null ? "{stage}" : ""].filter(Boolean).join("/");
  return `${scheme}://${host}${at === usual ? "" : `:${at}`}/${path}`;
}

/** A call that finds the gateway before the name's DNS record does. */
export function tryCommand(
  domain: Domain,
  mapping: Pick<Mapping, "basePath" | "stageName">,
  gateway: DomainList["gateway"],
): string {
  const url = new URL(addressOf(domain, mapping, gateway).replace("{stage}", "STAGE"));
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  const isTrusted = url.protocol === "http:" || (domain.certificate && !domain.certificate.isSelfSigned);
  return [
    "curl",
    ...(isTrusted ? [] : ["--insecure"]),
    ...(domain.truststore ? ["--cert client.crt --key client.key"] : []),
    `--connect-to ${url.hostname}:${port}:localhost:${port}`,
    shellQuote(url.href),
  ].join(" ");
}
