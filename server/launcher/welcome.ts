export type SeedResult = {
  /** No user exists yet: the console opens its first-run page. */
  needsOwner: boolean;
  /** The sample API, while it, its stage and its key are still there. */
  sample: { apiId: string; stageName: string; path: string } | null;
};

type Input = {
  consoleUrl: string;
  gatewayUrl: string;
  dataDir: string;
  ownerEmail?: string;
  sampleKey: string;
  seed: SeedResult;
  elapsed: string;
};

/** What stands at the end of a start: addresses, how to sign in, and a request that works as printed. */
export function welcomeText({ seed, ...input }: Input): string {
  const signIn = seed.needsOwner
    ? "Open the console to create the owner's account: it is the first page you see."
    : `Sign in to the console${input.ownerEmail ? ` as ${input.ownerEmail}` : ""}.`;
  const lines = [
    `Gatehouse is ready after ${input.elapsed}.`,
    "",
    `  Console   ${input.consoleUrl}`,
    `  Gateway   ${input.gatewayUrl}`,
    `  Data      ${input.dataDir}`,
    "",
    `  ${signIn}`,
  ];
  if (seed.sample) {
    const { apiId, stageName, path } = seed.sample;
    lines.push(
      "",
      "  Try the sample API:",
      `  curl -H 'x-api-key: ${input.sampleKey}' ${input.gatewayUrl}/${apiId}/${stageName}${path}`,
    );
  }
  return `\n${[...lines, "", "  Ctrl-C stops everything."].join("\n")}\n`;
}
