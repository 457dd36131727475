import type { Actor } from "@/server/domain/actor";

/** Something that happened, in the past tense: `api.edited`, `stage.deployed`, `key.revoked`. */
export type DomainEvent = {
  readonly type: string;
  /** What it happened to, as people call it: `Pet store`, `Pet store › prod`. */
  readonly subject: string;
  /** More for the audit log. Never a secret. */
  readonly detail?: Readonly<Record<string, unknown>>;
};

/** An event as the outbox keeps it, with who did it. */
export type PublishedEvent = DomainEvent & {
  readonly workspaceId: string;
  readonly actor: Pick<Actor, "userId" | "name" | "channel">;
  readonly at: Date;
};
