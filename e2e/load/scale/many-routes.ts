import { compileApi } from "@/server/gateway/compile/compile-api";
import { stageConfigSchema } from "@/server/gateway/snapshot/stage-config";
import { buildApi } from "@/server/testing/api-builder";

const ROUNDS = 15;
const MATCHES_A_ROUND = 200_000;

/** An API with so many methods: half of its paths have a parameter, some end greedily. */
function apiWith(routes: number) {
  const methods: Record<string, Record<string, unknown>> = {};
  const paths: string[] = [];
  const mock = { methodIntegration: { type: "MOCK" } };
  for (let i = 0; i < routes; i++) {
    const noun = `things${i}`;
    const [path, asked] =
      i % 10 === 9
        ? [`/v1/${noun}/files/{proxy+}`, `/v1/${noun}/files/a/b`]
        : i % 2 === 0
          ? [`/v1/${noun}/{id}`, `/v1/${noun}/4711`]
          : [`/v1/${noun}/all`, `/v1/${noun}/all`];
    methods[`GET ${path}`] = mock;
    paths.push(asked);
  }
  const identity = { apiId: "abc123defg", deploymentId: "dep", accountId: "0" };
  const api = compileApi(buildApi(methods), stageConfigSchema.parse({ stageName: "prod" }), identity);
  return { api, paths };
}

type Asked = Pick<ReturnType<typeof apiWith>, "api" | "paths">;

function nsEach({ api, paths }: Asked): number {
  let found = 0;
  const startedAt = performance.now();
  for (let i = 0; i < MATCHES_A_ROUND; i++) {
    if (api.match("GET", paths[i % paths.length] as string)) found++;
  }
  const ns = ((performance.now() - startedAt) * 1e6) / MATCHES_A_ROUND;
  if (found !== MATCHES_A_ROUND) throw new Error("a route was not found");
  return ns;
}

const median = (numbers: readonly number[]) =>
  [...numbers].sort((a, b) => a - b)[numbers.length >> 1] as number;

/**
 * Nanoseconds to find a route among few and among many, asking for as many different ones; and asking for all of the many
 * in turn, which also shows what it costs that they do not fit into the processor's cache. They take turns; the ratio is
 * the median of the rounds'.
 */
export function measureRoutes({ few, many }: { few: number; many: number }) {
  const small = apiWith(few);
  const all = apiWith(many);
  // One of each kind, from all over the API.
  const paths = Array.from({ length: few }, (_, i) => all.paths[i * Math.floor(many / few) + i] as string);
  const large = { api: all.api, paths };
  for (let i = 0; i < 3; i++) for (const asked of [small, large, all]) nsEach(asked);
  const rounds = Array.from({ length: ROUNDS }, () => ({
    fewNs: nsEach(small),
    manyNs: nsEach(large),
    allNs: nsEach(all),
  }));
  return {
    fewNs: median(rounds.map(({ fewNs }) => fewNs)),
    manyNs: median(rounds.map(({ manyNs }) => manyNs)),
    allNs: median(rounds.map(({ allNs }) => allNs)),
    ratio: median(rounds.map(({ fewNs, manyNs }) => manyNs / fewNs)),
  };
}
