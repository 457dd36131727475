import { cx } from "./class-names";
import { CopyButton } from "./copy-button";

/** Text to read and copy, with line numbers if asked; for editing there is the code editor. */
export function CodeBlock({
  code,
  label,
  numbers,
  wrap,
  copy = true,
  className,
}: {
  code: string;
  /** What it is, for screen readers. */
  label: string;
  numbers?: boolean;
  wrap?: boolean;
  copy?: boolean;
  className?: string;
}) {
  return (
    <div className={cx("group relative min-w-0 rounded-md border border-line bg-sunken", className)}>
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label={label}
        className={cx(
          "mono max-h-full overflow-auto whitespace-pre px-3 py-2 leading-[19px]",
          wrap && "whitespace-pre-wrap break-all",
          copy && "pr-9",
        )}
      >
        {numbers
          ? code.split("\n").map((line, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their number
              <div key={index}>
                <span className="inline-block w-8 select-none pr-3 text-right text-faint">{index + 1}</span>
                {line}
              </div>
            ))
          : code}
      </section>
      {copy ? (
        <CopyButton text={code} label={`Copy ${label}`} className="absolute top-1 right-1 bg-sunken" />
      ) : null}
    </div>
  );
}
