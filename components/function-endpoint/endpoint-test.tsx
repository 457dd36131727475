"use client";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { failureOf } from "../trpc/failure";
import { useTRPC } from "../trpc/trpc";
import { Button } from "../ui/button";
import { CodeBlock } from "../ui/code-block";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Section } from "../ui/section";
import { Notice } from "../ui/state/notice";
import { Textarea } from "../ui/textarea";

type EndpointInput = { url: string; region: string; accessKeyId: string; secretAccessKey?: string };

/** Calls the endpoint as it is typed, and shows the answer or why there is none. */
export function EndpointTest({ input }: { input: EndpointInput }) {
  const trpc = useTRPC();
  const [functionName, setFunctionName] = useState("");
  const [payload, setPayload] = useState("{}");
  const test = useMutation(trpc.functionEndpoint.test.mutationOptions());
  const { data } = test;
  return (
    <Section title="Test" aside={data ? `${data.latencyMs} ms` : undefined}>
      <div className="flex flex-col gap-4 p-3.5">
        <Field label="Function" help="Name or ARN. Empty only asks whether the endpoint answers.">
          <Input mono value={functionName} onChange={(event) => setFunctionName(event.target.value.trim())} />
        </Field>
        {functionName ? (
          <Field label="Event">
            <Textarea mono rows={4} value={payload} onChange={(event) => setPayload(event.target.value)} />
          </Field>
        ) : null}
        <div>
          <Button
            pending={test.isPending}
            onClick={() => test.mutate({ ...input, functionName: functionName || null, payload })}
          >
            Test
          </Button>
        </div>
        {test.error ? <Notice tone="bad">{failureOf(test.error).message}</Notice> : null}
        {data ? (
          <Notice tone={data.isReached ? "ok" : "bad"} title={data.message}>
            {data.status === null ? null : `Status ${data.status}`}
          </Notice>
        ) : null}
        {data?.payload ? <CodeBlock wrap label="Answer" code={data.payload} /> : null}
        {data?.log ? <CodeBlock wrap label="The function's log" code={data.log} /> : null}
      </div>
    </Section>
  );
}
