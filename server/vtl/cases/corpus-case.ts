/** What a case expects of one kind of engine. */
export type Expectation = {
  expected?: string;
  expectedSha256?: string;
  expectedError?: { kind: string; line: number | null; column: number | null };
  overrides?: unknown;
};

/** One line of a corpus file. */
export type CorpusCase = Expectation & {
  id: string;
  category: string;
  template: string;
  awsDiffers?: Expectation;
  newerJayway?: Expectation & { aws?: Expectation };
  awsUncertain?: string;
  resource?: string;
};

/** The results that count as right: AWS's where it differs, and that of the newer JSONPath. */
export function acceptedResults(corpusCase: CorpusCase): Expectation[] {
  const { awsDiffers, newerJayway } = corpusCase;
  const accepted: Expectation[] = [awsDiffers ?? corpusCase];
  if (newerJayway !== undefined) accepted.push(newerJayway.aws ?? newerJayway);
  return accepted;
}
