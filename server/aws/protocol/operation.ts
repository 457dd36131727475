import type { Member } from "./member-notation";

/** Name, `METHOD /uri/{param}?fixed=query`, status of success, and the members of the input in member notation. */
export type OperationRow = readonly [name: string, http: string, status: number, members: string];

export type Segment = { readonly literal: string } | { readonly param: string };

/** One operation of the API as the router, the reader and the validator need it. */
export type Operation = {
  readonly name: string;
  readonly method: string;
  readonly segments: readonly Segment[];
  /** Query parameters that belong to the address, such as `mode=import`. */
  readonly fixedQuery: Readonly<Record<string, string>>;
  readonly status: number;
  /** All but the parameters of the address. */
  readonly members: readonly Member[];
};
