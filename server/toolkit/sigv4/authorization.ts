/** The parts of an `Authorization: AWS4-HMAC-SHA256 …` header. */
export type Authorization = {
  readonly accessKeyId: string;
  /** YYYYMMDD */
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  /** 64 hexadecimal digits. */
  readonly signature: string;
};

export const SIGV4_ALGORITHM = "AWS4-HMAC-SHA256";

/** Reads the header; a sentence in AWS's words says what is wrong with it. */
export function parseAuthorization(header: string): Authorization | { readonly fault: string } {
  const [algorithm, ...rest] = header.trim().split(/\s+/);
  if (algorithm !== SIGV4_ALGORITHM) {
    return { fault: "Authorization header requires an algorithm of AWS4-HMAC-SHA256." };
  }
  const fields = new Map<string, string>();
  for (const part of rest.join(" ").split(",")) {
    const at = part.indexOf("=");
    if (at < 0) {
      return {
        fault: `'${part.trim()}' not a valid key=value pair (missing equal-sign) in Authorization header.`,
      };
    }
    fields.set(part.slice(0, at).trim(), part.slice(at + 1).trim());
  }
  const missing = ["Credential", "Signature", "SignedHeaders"].filter((name) => !fields.get(name));
  if (missing.length > 0) {
    return { fault: missing.map((name) => `Authorization header requires '${name}' parameter.`).join(" ") };
  }
  const scope = (fields.get("Credential") as string).split("/");
  const [accessKeyId, date, region, service, end] = scope;
  if (scope.length !== 5 || end !== "aws4_request" || !accessKeyId || !date || !region || !service) {
    return {
      fault: "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term.",
    };
  }
  const signedHeaders = (fields.get("SignedHeaders") as string).split(";").filter((name) => name !== "");
  return {
    accessKeyId,
    date,
    region,
    service,
    signedHeaders,
    signature: fields.get("Signature") as string,
  };
}
