import { credentialText, functionSecretId } from "@/server/adapters/functions/function-endpoints";
import { accessKeyBox } from "@/server/db/secret-box";
import type { Actor } from "@/server/domain/actor";
import { ServiceError } from "@/server/domain/errors";

export type FunctionEndpointInput = {
  /** "" is AWS itself. */
  url: string;
  region: string;
  /** "": calls go unsigned. */
  accessKeyId: string;
  /** Absent keeps the secret there is, with its session token. */
  secretAccessKey?: string;
  /** Of temporary credentials. */
  sessionToken?: string;
};

type StoredFields = { url: string; region: string; accessKeyId: string; secretCipher: string };

/** The fields as they are stored, the secret sealed. INVALID if calls could never be made with them. */
export function storedEndpoint(
  { workspaceId }: Actor,
  input: FunctionEndpointInput,
  before: { accessKeyId: string; secretCipher: string } | null,
): StoredFields {
  const { region, accessKeyId, secretAccessKey, sessionToken } = input;
  const url = input.url.trim().replace(/\/+$/, "");
  if (url !== "" && !isEndpoint(url)) {
    throw new ServiceError("INVALID", "The endpoint is an http or https address without a query", {
      fieldPath: "url",
    });
  }
  if (accessKeyId === "") {
    if (url !== "") return { url, region, accessKeyId, secretCipher: "" };
    throw new ServiceError("INVALID", "AWS needs an access key", { fieldPath: "accessKeyId" });
  }
  if (accessKeyId.startsWith("ASIA") && secretAccessKey && !sessionToken) {
    throw new ServiceError("INVALID", "Temporary credentials (ASIA…) need their session token", {
      fieldPath: "sessionToken",
    });
  }
  if (secretAccessKey) {
    const text = credentialText(secretAccessKey, sessionToken);
    const secretCipher = accessKeyBox().seal(text, functionSecretId(workspaceId));
    return { url, region, accessKeyId, secretCipher };
  }
  if (sessionToken) {
    throw new ServiceError("INVALID", "A new session token comes with a new secret", {
      fieldPath: "secretAccessKey",
    });
  }
  if (!before || before.secretCipher === "" || before.accessKeyId !== accessKeyId) {
    throw new ServiceError("INVALID", "An access key needs its secret", { fieldPath: "secretAccessKey" });
  }
  return { url, region, accessKeyId, secretCipher: before.secretCipher };
}

function isEndpoint(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, search, hash, username } = new URL(url);
  return (protocol === "http:" || protocol === "https:") && search === "" && hash === "" && username === "";
}
