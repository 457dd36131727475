import type { DomainEvent } from "@/server/events/event";
import { canonicalJson } from "@/server/toolkit/json-canonical";
import type { StoredDocument, StoredKey, StoredKind } from "./stored-resource";

/** What the caller knows better: the event's type after its kind, and more for the audit log. Never a key or PEM. */
export type StoredNews = { type?: string; detail?: Readonly<Record<string, unknown>> };

/** The fields that the audit log shows; of the others it has only the names. */
const SHOWN: Partial<Record<StoredKind, readonly string[]>> = {
  "base-path-mapping": ["basePath", "restApiId", "stage"],
  "client-certificate": ["description", "expiresAt"],
  "domain-name": ["securityPolicy", "truststoreUri", "certificateArn", "regionalCertificateArn"],
};

/**
 * What is told of a document that was made (`before` is null), changed or deleted (`after` is null): by itself
 * `domain-name.created`, `.changed` or `.deleted`. Detail: its fields; of a change also the fields it had, as `before`,
 * and as `changed` the names of all that are others now.
 */
export function storedEvent(
  { kind, parentId = "", id }: StoredKey,
  { before, after }: { before: StoredDocument | null; after: StoredDocument | null },
  news: StoredNews = {},
): DomainEvent {
  const type = before === null ? "created" : after === null ? "deleted" : "changed";
  const changes = before && after && { changed: changedNames(before, after), before: shownOf(kind, before) };
  return {
    type: `${kind}.${news.type ?? type}`,
    subject: parentId ? `${parentId} › ${id}` : id,
    detail: { parentId, ...shownOf(kind, after ?? before ?? {}), ...changes, ...news.detail },
  };
}

function shownOf(kind: StoredKind, document: StoredDocument): StoredDocument {
  const names = SHOWN[kind] ?? [];
  return Object.fromEntries(names.map((name) => [name, document[name]]));
}

function changedNames(before: StoredDocument, after: StoredDocument): string[] {
  const textOf = (document: StoredDocument, name: string) => canonicalJson(document[name] ?? null);
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => textOf(before, name) !== textOf(after, name)).sort();
}
