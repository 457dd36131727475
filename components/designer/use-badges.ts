"use client";
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useMemo } from "react";
import { checkDefinition } from "@/server/domain/check/check-definition";
import type { Problem } from "@/server/domain/check/problem";
import { useTRPC } from "../trpc/trpc";
import { useDraft } from "./store/draft-provider";
import { BOXES, type Box, methodsOf } from "./store/selection";
import type { TreeBadges } from "./tree/tree-row";

/** All problems of the draft, worked out in the browser by the rules the server deploys by. */
export function useProblems(): Problem[] {
  const definition = useDeferredValue(useDraft().definition);
  return useMemo(() => checkDefinition(definition), [definition]);
}

/** Errors by tree row, and which methods differ from what was deployed last. */
export function useTreeBadges(problems: readonly Problem[]): TreeBadges {
  const { apiId, definition } = useDraft();
  const trpc = useTRPC();
  const preview = useQuery(trpc.deployment.preview.queryOptions({ apiId }));
  return useMemo(() => {
    const errors = new Map<string, number>();
    for (const { severity, where } of problems) {
      if (severity !== "error" || !where.resourceId) continue;
      const id = where.httpMethod ? `${where.resourceId} ${where.httpMethod}` : where.resourceId;
      errors.set(id, (errors.get(id) ?? 0) + 1);
    }
    const changed = new Set(
      (preview.data?.liveNumber ? preview.data.changes : []).map(({ path }) => path.split(" › ")[0]),
    );
    const edited = methodsOf(definition)
      .filter(({ path, httpMethod }) => changed.has(`${path} ${httpMethod}`))
      .map(({ resourceId, httpMethod }) => `${resourceId} ${httpMethod}`);
    return { errors, edited: new Set(edited) };
  }, [definition, problems, preview.data]);
}

/** Errors of one method by box. */
export function errorsByBox(problems: readonly Problem[]): ReadonlyMap<Box, number> {
  const counts = new Map<Box, number>();
  for (const problem of problems) {
    const box = BOXES.find((one) => one === problem.where.part);
    if (box && problem.severity === "error") counts.set(box, (counts.get(box) ?? 0) + 1);
  }
  return counts;
}
