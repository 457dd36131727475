import { ArrowDown, ArrowUp } from "lucide-react";
import { Th } from "../../ui/table";

/** A column's name that sorts by it; again the other way. */
export function SortHeader({
  label,
  numeric,
  isChosen,
  isDescending,
  onSort,
}: {
  label: string;
  numeric?: boolean;
  isChosen: boolean;
  isDescending: boolean;
  onSort: () => void;
}) {
  return (
    <Th
      {...(numeric ? { numeric } : {})}
      aria-sort={isChosen ? (isDescending ? "descending" : "ascending") : undefined}
    >
      <button
        type="button"
        onClick={onSort}
        className="-mx-1 inline-flex items-center gap-1 rounded-sm px-1 hover:text-ink [&_svg]:size-3"
      >
        {label}
        {isChosen ? isDescending ? <ArrowDown /> : <ArrowUp /> : null}
      </button>
    </Th>
  );
}
