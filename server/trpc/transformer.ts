import superjson, { type SuperJSONResult } from "superjson";

type Sent = Pick<SuperJSONResult, "json" | "meta">;

/**
 * Inputs and answers as superjson. Of inputs, "these two places are the same object" is not believed: a kilobyte of
 * such claims is a value of gigabytes once it is written out. Our clients send whole copies beside them.
 */
export const transformer = {
  input: {
    serialize: superjson.serialize,
    deserialize: ({ json, meta }: Sent) =>
      superjson.deserialize(meta?.values ? { json, meta: { values: meta.values, v: meta.v } } : { json }),
  },
  output: superjson,
};
