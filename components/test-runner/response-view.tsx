"use client";
import { useState } from "react";
import type { TestInvokeResult } from "@/server/gateway/test-invoke";
import { CopyButton } from "../ui/copy-button";
import { Segmented } from "../ui/segmented";
import { TabPanel, Tabs } from "../ui/tabs";
import { JsonText } from "./json-text";
import { prettyJson } from "./pretty-json";
import { StepList } from "./step-list";

const LOG_DATE = /^\w{3} \w{3} \d\d (\d\d:\d\d:\d\d) UTC \d{4} : /;

function Body({ body }: { body: string }) {
  const [view, setView] = useState<"pretty" | "raw">("pretty");
  const isJson = prettyJson(body) !== null;
  if (!body) return <p className="px-3.5 py-2 text-muted">The answer has no body.</p>;
  return (
    <div className="relative flex h-full min-h-0 flex-col">
      <section
        aria-label="Response body"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        className="mono min-h-0 flex-1 overflow-auto whitespace-pre-wrap break-words px-3.5 py-2 pr-28 leading-[19px]"
      >
        <JsonText text={body} isRaw={view === "raw"} />
      </section>
      <div className="absolute top-1.5 right-2 flex items-center gap-1">
        {isJson ? (
          <Segmented
            label="Body as"
            value={view}
            onValueChange={setView}
            options={[
              { value: "pretty", label: "Pretty" },
              { value: "raw", label: "Raw" },
            ]}
          />
        ) : null}
        <CopyButton text={body} label="Copy the response body" />
      </div>
    </div>
  );
}

function Headers({ headers }: { headers: TestInvokeResult["headers"] }) {
  if (headers.length === 0) return <p className="px-3.5 py-2 text-muted">The answer has no headers.</p>;
  return (
    <dl className="mono grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-1 px-3.5 py-2">
      {headers.map(([name, value], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a header can be there twice
        <div key={index} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Log({ lines }: { lines: readonly string[] }) {
  return (
    <div className="relative">
      <ol
        aria-label="Execution log"
        className="mono flex flex-col gap-px whitespace-pre-wrap break-words px-3.5 py-2 pr-10"
      >
        {lines.map((line, index) => {
          const time = LOG_DATE.exec(line)?.[1];
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: log lines have no identity but their place
            <li key={index}>
              {time ? <span className="text-faint">{time} </span> : null}
              {line.replace(LOG_DATE, "")}
            </li>
          );
        })}
      </ol>
      <CopyButton text={lines.join("\n")} label="Copy the log" className="absolute top-1.5 right-2" />
    </div>
  );
}

export type ResponseTab = "body" | "headers" | "steps" | "log";

/** The answer of a test run, from all sides. */
export function ResponseView({
  result,
  tabs,
  tab,
  onTabChange,
}: {
  result: TestInvokeResult;
  tabs: readonly ResponseTab[];
  tab: ResponseTab;
  onTabChange: (tab: ResponseTab) => void;
}) {
  const words: Record<ResponseTab, { label: string; count?: number }> = {
    body: { label: "Body" },
    headers: { label: "Headers", count: result.headers.length },
    steps: { label: "Steps" },
    log: { label: "Log", count: result.log.length },
  };
  return (
    <Tabs
      value={tab}
      onValueChange={(next) => onTabChange(next as ResponseTab)}
      label="Parts of the answer"
      items={tabs.map((value) => ({ value, ...words[value] }))}
      className="flex-1"
    >
      <TabPanel value="body" className="overflow-hidden">
        <Body body={result.body} />
      </TabPanel>
      <TabPanel value="headers" className="overflow-auto">
        <Headers headers={result.headers} />
      </TabPanel>
      <TabPanel value="steps" className="overflow-auto py-1">
        <StepList steps={result.steps} />
      </TabPanel>
      <TabPanel value="log" className="overflow-auto">
        <Log lines={result.log} />
      </TabPanel>
    </Tabs>
  );
}
