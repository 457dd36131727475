"use client";
import { useQueries } from "@tanstack/react-query";
import { methodRoutes } from "@/server/domain/stage/method-routes";
import { useApi } from "../api/use-api";
import { useTRPC } from "../trpc/trpc";
import { Verb } from "../ui/verb";
import { WATCHED_MINUTES } from "./use-attention";

const METHODS_ASKED = 40;

/** Which methods of a failing stage answered with 5xx, the worst first. */
export function FailingMethods({ apiId, stageName }: { apiId: string; stageName: string }) {
  const trpc = useTRPC();
  const { data: api } = useApi(apiId);
  const routes = (api ? methodRoutes(api.definition) : []).slice(0, METHODS_ASKED);
  const failing = useQueries({
    queries: routes.map(({ httpMethod, path }) => ({
      ...trpc.stage.metrics.queryOptions({
        apiId,
        stageName,
        minutes: WATCHED_MINUTES,
        route: `${httpMethod} ${path}`,
      }),
      refetchInterval: 30_000,
    })),
    combine: (results) =>
      results
        .map((result, index) => ({
          route: routes[index],
          errors: result.data?.reduce((sum, minute) => sum + minute.errors5xx, 0) ?? 0,
        }))
        .filter(({ errors }) => errors > 0)
        .sort((a, b) => b.errors - a.errors)
        .slice(0, 4),
  });
  if (failing.length === 0) return null;
  return (
    <span className="mt-0.5 flex flex-wrap gap-x-4">
      {failing.map(({ route, errors }) =>
        route ? (
          <span key={route.settingKey} className="inline-flex items-baseline gap-1.5">
            <Verb method={route.httpMethod} />
            <span className="mono">{route.path}</span>
            <span className="num text-bad text-sm">{errors}</span>
          </span>
        ) : null,
      )}
    </span>
  );
}
