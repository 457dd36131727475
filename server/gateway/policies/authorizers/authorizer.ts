import type { Exchange } from "../../exchange";
import type { Ports } from "../../ports";
import type { Policy } from "../iam/policy";

/** What an authorizer says of a caller who is who they say. Refusals are GatewayErrors. */
export type Decision = {
  /** What the caller may do; null: everything, if the resource policy agrees (tokens). */
  readonly policy: Policy | null;
  /** `$context.authorizer`. */
  readonly context: Readonly<Record<string, unknown>>;
  readonly usageIdentifierKey: string | null;
};

/** An authorizer that can be asked. */
export type CompiledAuthorizer = {
  /** For the log: `Starting authorizer: {id}`. */
  readonly id: string;
  decide(exchange: Exchange, ports: Ports): Decision | Promise<Decision>;
};
