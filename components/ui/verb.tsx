import { cx } from "./class-names";

const COLOUR: Record<string, string> = {
  GET: "text-get",
  POST: "text-post",
  PUT: "text-put",
  PATCH: "text-patch",
  DELETE: "text-delete",
  ANY: "text-any",
  OPTIONS: "text-options",
  HEAD: "text-head",
};

/** An HTTP method in its one colour. `fixed` keeps a column of them aligned. */
export function Verb({ method, fixed, className }: { method: string; fixed?: boolean; className?: string }) {
  return (
    <span
      className={cx(
        "inline-block shrink-0 font-mono font-semibold text-2xs tracking-[0.02em]",
        COLOUR[method] ?? "text-any",
        fixed && "w-[52px]",
        className,
      )}
    >
      {method}
    </span>
  );
}
