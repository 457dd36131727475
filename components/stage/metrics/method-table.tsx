"use client";
import { Download } from "lucide-react";
import { saveFile } from "../../shell/save-file";
import { useSearchState } from "../../shell/use-search-state";
import { useShownRows } from "../../shell/use-shown-rows";
import { Button } from "../../ui/button";
import { Section } from "../../ui/section";
import { Table, Td, Tr } from "../../ui/table";
import { Verb } from "../../ui/verb";
import { NO_ROUTE, routeParts } from "./metric-address";
import { routesCsv } from "./metric-csv";
import { type ApiMetrics, countWords, hitPercent, msWords, percentOf, percentWords } from "./metric-words";
import { SortHeader } from "./sort-header";
import { sortOf, sortRows } from "./sort-rows";

type Row = ApiMetrics["routes"][number];

const COLUMNS = [
  { id: "route", label: "Method", value: (row: Row) => row.route },
  { id: "count", label: "Requests", value: (row: Row) => row.count },
  { id: "4xx", label: "4xx", value: (row: Row) => row.errors4xx },
  { id: "5xx", label: "5xx", value: (row: Row) => row.errors5xx },
  { id: "p50", label: "p50", value: (row: Row) => row.p50Ms },
  { id: "p95", label: "p95", value: (row: Row) => row.p95Ms },
  { id: "integration", label: "Integration", value: (row: Row) => row.integrationMs },
  { id: "hits", label: "Hit ratio", value: (row: Row) => hitPercent(row) },
] as const;
const IDS = COLUMNS.map(({ id }) => id);

/** A number of errors, and which part of the requests they are. */
function Errors({ count, of, colour }: { count: number; of: number; colour: string }) {
  if (count === 0) return <span className="text-faint">0</span>;
  return (
    <>
      <span className="text-faint text-sm">{percentWords(percentOf(count, of) ?? 0)}</span>{" "}
      <span className={colour}>{countWords(count)}</span>
    </>
  );
}

/** The methods that were called; a row filters the charts, and again takes the filter away. */
export function MethodTable({ metrics, route }: { metrics: ApiMetrics; route: string | undefined }) {
  const search = useSearchState();
  const sort = sortOf(search.get("sort"), IDS, "-count");
  const column = COLUMNS.find(({ id }) => id === sort.column) ?? COLUMNS[1];
  const { shown, more } = useShownRows(sortRows(metrics.routes, column.value, sort.isDescending), 50);
  const hasCache = metrics.routes.some((row) => hitPercent(row) !== null);
  const columns = COLUMNS.filter(({ id }) => id !== "hits" || hasCache);
  return (
    <Section
      title="Methods"
      aside={
        <Button
          size="sm"
          variant="ghost"
          onClick={() => saveFile({ filename: "methods.csv", content: routesCsv(metrics) })}
        >
          <Download /> CSV
        </Button>
      }
    >
      <div className="overflow-x-auto">
        <Table label="Methods" className="[&_td]:whitespace-nowrap">
          <thead>
            <tr>
              {columns.map(({ id, label }) => (
                <SortHeader
                  key={id}
                  label={label}
                  numeric={id !== "route"}
                  isChosen={id === sort.column}
                  isDescending={sort.isDescending}
                  onSort={() => {
                    const isDescending = id === sort.column ? !sort.isDescending : id !== "route";
                    search.set({ sort: `${isDescending ? "-" : ""}${id}` });
                  }}
                />
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <MethodRow
                key={row.route}
                row={row}
                hasCache={hasCache}
                isChosen={row.route === route}
                onChoose={() => search.set({ route: row.route === route ? null : row.route })}
              />
            ))}
          </tbody>
        </Table>
      </div>
      {more}
    </Section>
  );
}

function MethodRow({
  row,
  hasCache,
  isChosen,
  onChoose,
}: {
  row: Row;
  hasCache: boolean;
  isChosen: boolean;
  onChoose: () => void;
}) {
  const parts = routeParts(row.route);
  const hits = hitPercent(row);
  return (
    <Tr onOpen={onChoose} selected={isChosen}>
      <Td>
        {parts ? (
          <>
            <Verb method={parts.verb} fixed />
            <span className="mono">{parts.path}</span>
          </>
        ) : (
          <span className="text-muted">{NO_ROUTE}</span>
        )}
      </Td>
      <Td numeric>{countWords(row.count)}</Td>
      <Td numeric>
        <Errors count={row.errors4xx} of={row.count} colour="text-warn" />
      </Td>
      <Td numeric>
        <Errors count={row.errors5xx} of={row.count} colour="text-bad" />
      </Td>
      <Td numeric>{msWords(row.p50Ms)}</Td>
      <Td numeric>{msWords(row.p95Ms)}</Td>
      <Td numeric>{msWords(row.integrationMs)}</Td>
      {hasCache ? <Td numeric>{hits === null ? "–" : percentWords(hits)}</Td> : null}
    </Tr>
  );
}
