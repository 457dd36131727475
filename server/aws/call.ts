import type { Actor } from "@/server/domain/actor";

/** One authenticated call of an operation. `input` is read and its shape is checked. */
export type Call<Input = Record<string, unknown>> = {
  readonly actor: Actor;
  readonly accountId: string;
  /** Of the credential's scope: any is served. */
  readonly region: string;
  readonly input: Input;
};

/** Answers a call with what goes into the body (see `protocol/write-answer.ts`); throws what `awsErrorOf` knows. */
export type Handler = (call: Call) => Promise<unknown>;
export type Handlers = Readonly<Record<string, Handler>>;

/** A handler that names the members it reads. Their types are those of the operation's table, which checked them. */
export function handler<Input>(answer: (call: Call<Input>) => Promise<unknown>): Handler {
  return (call) => answer(call as unknown as Call<Input>);
}

export type ApiInput = { restApiId: string };
export type MethodInput = ApiInput & { resourceId: string; httpMethod: string };
export type PageInput = { limit?: number; position?: string };
export type PatchOperation = { op?: string; path?: string; value?: string; from?: string };
export type PatchInput = { patchOperations?: PatchOperation[] };
