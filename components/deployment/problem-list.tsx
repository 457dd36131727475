import Link from "next/link";
import type { Answers } from "../trpc/trpc";
import { Badge } from "../ui/badge";

export type Problem = Answers["deployment"]["preview"]["problems"][number];

/** Where in the designer a problem is. */
function problemHref(apiId: string, { where }: Problem): string {
  const query = new URLSearchParams();
  if (where.resourceId) query.set("resource", where.resourceId);
  if (where.httpMethod) query.set("method", where.httpMethod);
  if (where.part) query.set("part", where.part);
  const text = query.toString();
  return `/apis/${apiId}/design${text ? `?${text}` : ""}`;
}

/** Problems, errors first; each leads to its place in the designer. */
export function ProblemList({ apiId, problems }: { apiId: string; problems: readonly Problem[] }) {
  const ordered = [...problems].sort((a, b) => a.severity.localeCompare(b.severity));
  return (
    <ul aria-label="Problems">
      {ordered.map((problem, index) => (
        <li
          // biome-ignore lint/suspicious/noArrayIndexKey: one path can have several problems
          key={`${problem.path.join("/")}-${index}`}
          className="flex items-baseline gap-2 border-line border-b px-3 py-1.5 last:border-0"
        >
          <Badge tone={problem.severity === "error" ? "bad" : "warn"}>{problem.severity}</Badge>
          <span className="min-w-0 flex-1">
            {problem.message}
            {problem.template ? <span className="text-faint"> (line {problem.template.line})</span> : null}
            {problem.remedy ? <span className="block text-muted text-sm">{problem.remedy}</span> : null}
          </span>
          <Link href={problemHref(apiId, problem)} className="shrink-0 text-accent text-sm hover:underline">
            Show
          </Link>
        </li>
      ))}
    </ul>
  );
}
