import Link from "next/link";
import { RelativeTime } from "../../ui/relative-time";
import { Section } from "../../ui/section";
import { type MetricMark, markLabel, markSentence } from "./metric-words";

/** The marks of the charts in words, newest first. */
export function MarkList({ apiId, marks }: { apiId: string; marks: readonly MetricMark[] }) {
  if (marks.length === 0) return null;
  return (
    <Section title="Deployments in this time" aside={String(marks.length)}>
      <ol className="max-h-64 overflow-y-auto">
        {[...marks].reverse().map((mark) => (
          <li
            key={mark.id}
            className="flex min-h-8 items-center gap-3 border-line border-b px-3.5 py-1 last:border-0"
          >
            <span className="num w-20 shrink-0 text-muted text-sm">{markLabel(mark)}</span>
            <span className="min-w-0">
              {markSentence(mark)} on{" "}
              <Link
                href={`/apis/${apiId}/stages/${encodeURIComponent(mark.stage)}`}
                className="underline decoration-line-strong underline-offset-2 hover:decoration-ink"
              >
                {mark.stage}
              </Link>
            </span>
            <span className="ml-auto shrink-0 text-muted text-sm">
              {mark.actorName}, <RelativeTime at={mark.at} />
            </span>
          </li>
        ))}
      </ol>
    </Section>
  );
}
