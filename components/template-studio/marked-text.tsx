import type { OutputRange } from "@/server/vtl";

/** An output, and the part of it that a step wrote. */
export type MarkedOutput = { output: string; range: OutputRange | null };

function Marked({ output, range }: MarkedOutput) {
  if (!range || range.from === range.to) return output;
  return (
    <>
      {output.slice(0, range.from)}
      <mark
        key={`${range.from}-${range.to}`}
        ref={(element) => element?.scrollIntoView({ block: "nearest" })}
        className="rounded-xs bg-accent-soft text-ink outline-1 outline-accent"
      >
        {output.slice(range.from, range.to)}
      </mark>
      {output.slice(range.to)}
    </>
  );
}

export function MarkedText(props: MarkedOutput) {
  return (
    <pre
      role="log"
      aria-live="off"
      aria-label="Rendered output"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      className="mono min-h-[19px] whitespace-pre-wrap break-words leading-[19px]"
    >
      <Marked {...props} />
    </pre>
  );
}
