"use client";
import { useQuery } from "@tanstack/react-query";
import { Loaded } from "../../shell/loaded";
import { useSearchState } from "../../shell/use-search-state";
import { useShownRows } from "../../shell/use-shown-rows";
import { type Answers, useTRPC } from "../../trpc/trpc";
import { Section } from "../../ui/section";
import { Table, Td, Tr } from "../../ui/table";
import type { MetricQuestion } from "./metric-address";
import { countWords, percentOf, percentWords } from "./metric-words";
import { SortHeader } from "./sort-header";
import { sortOf, sortRows } from "./sort-rows";
import { keyWords, planWords } from "./subject-words";

type Row = Answers["metric"]["topKeys"]["keys"][number];

const COLUMNS = [
  { id: "key", label: "Key", value: keyWords },
  { id: "plan", label: "Plan", value: planWords },
  { id: "count", label: "Requests", value: (row: Row) => row.count },
  { id: "4xx", label: "4xx", value: (row: Row) => row.errors4xx },
  { id: "5xx", label: "5xx", value: (row: Row) => row.errors5xx },
  { id: "throttled", label: "Refused by limits", value: (row: Row) => row.throttled },
] as const;
const IDS = COLUMNS.map(({ id }) => id);

/** The keys with the most requests; a row filters the charts by key and plan, and again takes the filter away. */
export function KeyTable({
  question,
  refetchInterval,
}: {
  question: MetricQuestion;
  refetchInterval: number | false;
}) {
  const trpc = useTRPC();
  const { apiId, range, stage } = question;
  const query = useQuery({
    ...trpc.metric.topKeys.queryOptions({ apiId, range, ...(stage ? { stage } : {}) }),
    placeholderData: (before) => before,
    refetchInterval,
  });
  return (
    <Section
      title="Keys and plans"
      aside={
        query.data && query.data.count > query.data.keys.length ? `the busiest of ${query.data.count}` : null
      }
    >
      <Loaded query={query}>
        {({ keys }) =>
          keys.length === 0 ? (
            <p className="px-3.5 py-3 text-muted">No request of this time was counted under an API key.</p>
          ) : (
            <Keys rows={keys} question={question} />
          )
        }
      </Loaded>
    </Section>
  );
}

function Keys({ rows, question }: { rows: readonly Row[]; question: MetricQuestion }) {
  const search = useSearchState();
  const sort = sortOf(search.get("keysort"), IDS, "-count");
  const column = COLUMNS.find(({ id }) => id === sort.column) ?? COLUMNS[2];
  const { shown, more } = useShownRows(sortRows(rows, column.value, sort.isDescending), 20);
  return (
    <>
      <div className="overflow-x-auto">
        <Table label="Keys and plans">
          <thead>
            <tr>
              {COLUMNS.map(({ id, label }, index) => (
                <SortHeader
                  key={id}
                  label={label}
                  numeric={index > 1}
                  isChosen={id === sort.column}
                  isDescending={sort.isDescending}
                  onSort={() => {
                    const isDescending = id === sort.column ? !sort.isDescending : index > 1;
                    search.set({ keysort: `${isDescending ? "-" : ""}${id}` });
                  }}
                />
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => {
              const isChosen = row.keyId === question.keyId && row.planId === question.planId;
              return (
                <Tr
                  key={`${row.planId} ${row.keyId}`}
                  selected={isChosen}
                  onOpen={() =>
                    search.set(
                      isChosen
                        ? { key: null, plan: null }
                        : { key: row.keyId, plan: row.planId, route: null },
                    )
                  }
                >
                  <Td className={row.keyId === "" ? "text-muted" : "font-medium"}>{keyWords(row)}</Td>
                  <Td className="text-muted">{planWords(row)}</Td>
                  <Td numeric>{countWords(row.count)}</Td>
                  <Td numeric className={row.errors4xx > 0 ? "text-warn" : "text-faint"}>
                    {countWords(row.errors4xx)}
                  </Td>
                  <Td numeric className={row.errors5xx > 0 ? "text-bad" : "text-faint"}>
                    {countWords(row.errors5xx)}
                  </Td>
                  <Td numeric className="whitespace-nowrap">
                    {row.throttled === 0 ? (
                      <span className="text-faint">0</span>
                    ) : (
                      <>
                        <span className="text-faint text-sm">
                          {percentWords(percentOf(row.throttled, row.count) ?? 0)}
                        </span>{" "}
                        {countWords(row.throttled)}
                      </>
                    )}
                  </Td>
                </Tr>
              );
            })}
          </tbody>
        </Table>
      </div>
      {more}
    </>
  );
}
