import { z } from "zod";

const texts = z.record(z.string(), z.string());
const multiTexts = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

/** What a template or a test run is given: a request, and what the gateway knows around it. */
export const sampleInputSchema = z.strictObject({
  body: z.string().default(""),
  path: texts.default({}),
  query: multiTexts.default({}),
  headers: multiTexts.default({}),
  context: z.record(z.string(), z.unknown()).default({}),
  stageVariables: texts.default({}),
});
export type SampleInput = z.infer<typeof sampleInputSchema>;

export type SampleView = {
  id: string;
  name: string;
  resourceId: string | null;
  httpMethod: string | null;
  input: SampleInput;
  updatedAt: Date;
};
