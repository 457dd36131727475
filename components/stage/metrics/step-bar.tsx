"use client";
import { ScrollText, X, ZoomIn } from "lucide-react";
import Link from "next/link";
import { counted } from "../../shell/count-words";
import { Button } from "../../ui/button";
import { IconButton } from "../../ui/icon-button";
import { type MetricQuestion, requestLogHref } from "./metric-address";
import { type ApiMetrics, countWords, type MetricPoint, msWords, stepWords } from "./metric-words";

/** More stages than this are not offered one by one. */
const STAGES = 4;

/** The chosen step in words, and the way to its requests: of the chosen stage, else of each. */
export function StepBar({
  question,
  metrics,
  point,
  onZoom,
  onClose,
}: {
  question: MetricQuestion;
  metrics: ApiMetrics;
  point: MetricPoint;
  onZoom: (fromMs: number, toMs: number) => void;
  onClose: () => void;
}) {
  const { stepMs } = metrics;
  const time = { fromMs: point.atMs, toMs: point.atMs + stepMs };
  const stages = question.stage ? [question.stage] : metrics.stages.slice(0, STAGES);
  return (
    <section
      aria-label="Chosen time"
      className="flex flex-wrap items-center gap-x-3 gap-y-1.5 border-line border-b bg-accent-soft px-3.5 py-1.5"
    >
      <span aria-live="polite" className="num">
        <span className="font-medium">{stepWords(point.atMs, stepMs)}</span>
        <span className="text-muted">
          {" "}
          {counted(point.count, "request")}, {countWords(point.errors4xx)} 4xx, {countWords(point.errors5xx)}{" "}
          5xx
          {point.p95Ms === null ? null : `, p95 ${msWords(point.p95Ms)}`}
        </span>
      </span>
      <span className="ml-auto flex flex-wrap items-center gap-1.5">
        {stages.map((stage) => {
          const href = (status?: "4xx" | "5xx") =>
            requestLogHref({ ...question, stage }, { ...time, ...(status ? { status } : {}) });
          return (
            <span key={stage} className="flex items-center gap-1">
              <Button asChild size="sm">
                <Link href={href()}>
                  <ScrollText /> Requests of {stage}
                </Link>
              </Button>
              {stages.length === 1 && point.errors5xx > 0 ? (
                <Button asChild size="sm">
                  <Link href={href("5xx")}>5xx only</Link>
                </Button>
              ) : null}
            </span>
          );
        })}
        <Button size="sm" onClick={() => onZoom(time.fromMs - 15 * stepMs, time.toMs + 15 * stepMs)}>
          <ZoomIn /> Zoom in
        </Button>
        <IconButton label="Choose no time" size="sm" onClick={onClose}>
          <X />
        </IconButton>
      </span>
    </section>
  );
}
