import type { Role } from "./permissions";

/** By which door somebody came in. */
export type Channel = "console" | "cli" | "aws" | "system";

/** Who does something. `userId` is null for machines and for the system itself. */
export type Actor = {
  readonly userId: string | null;
  readonly name: string;
  readonly workspaceId: string;
  readonly role: Role;
  readonly channel: Channel;
};
