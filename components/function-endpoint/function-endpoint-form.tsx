"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useCan } from "../shell/session";
import { fieldError, formError } from "../trpc/failure";
import { type Answers, useTRPC } from "../trpc/trpc";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { RelativeTime } from "../ui/relative-time";
import { Section } from "../ui/section";
import { Notice } from "../ui/state/notice";
import { EndpointTest } from "./endpoint-test";

type Endpoint = NonNullable<Answers["functionEndpoint"]["get"]>;

const FIELDS = ["url", "region", "accessKeyId", "secretAccessKey", "sessionToken"] as const;

/** The endpoint's settings, with a test of what is typed before it is saved. */
export function FunctionEndpointForm({ endpoint }: { endpoint: Endpoint | null }) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const canWrite = useCan()("workspace:write");
  const [url, setUrl] = useState(endpoint?.url ?? "");
  const [region, setRegion] = useState(endpoint?.region ?? "us-east-1");
  const [accessKeyId, setAccessKeyId] = useState(endpoint?.accessKeyId ?? "");
  const [secretAccessKey, setSecret] = useState("");
  const [sessionToken, setSessionToken] = useState("");
  const onSuccess = () => client.invalidateQueries(trpc.functionEndpoint.pathFilter());
  const save = useMutation(trpc.functionEndpoint.set.mutationOptions({ onSuccess }));
  const remove = useMutation(trpc.functionEndpoint.remove.mutationOptions({ onSuccess }));
  const input = {
    url,
    region,
    accessKeyId,
    ...(secretAccessKey ? { secretAccessKey } : {}),
    ...(sessionToken ? { sessionToken } : {}),
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(input);
  };
  const problem = formError(save.error, FIELDS) ?? formError(remove.error, []);
  return (
    <div className="flex max-w-3xl flex-col gap-4">
      <Section
        title="Function endpoint"
        aside={endpoint ? <RelativeTime at={endpoint.updatedAt} /> : "not set: functions cannot be called"}
      >
        <form onSubmit={submit} className="flex flex-col gap-4 p-3.5">
          <p className="text-muted">
            Lambda integrations and authorizers call functions here: on AWS, or on any server that speaks
            Lambda's Invoke.
          </p>
          {problem ? <Notice tone="bad">{problem}</Notice> : null}
          <Field label="Endpoint" help="Empty is AWS Lambda." error={fieldError(save.error, "url")}>
            <Input
              mono
              readOnly={!canWrite}
              value={url}
              onChange={(event) => setUrl(event.target.value)}
              placeholder={`https://lambda.${region}.amazonaws.com`}
            />
          </Field>
          <Field
            label="Region"
            help="For functions named without a region; an ARN names its own."
            error={fieldError(save.error, "region")}
          >
            <Input
              mono
              readOnly={!canWrite}
              value={region}
              onChange={(event) => setRegion(event.target.value.trim())}
            />
          </Field>
          <Field
            label="Access key id"
            help="It must be allowed lambda:InvokeFunction. Without one, calls go unsigned."
            error={fieldError(save.error, "accessKeyId")}
          >
            <Input
              mono
              readOnly={!canWrite}
              value={accessKeyId}
              onChange={(event) => setAccessKeyId(event.target.value.trim())}
            />
          </Field>
          <Field
            label="Secret access key"
            help={endpoint?.hasSecret ? "Kept encrypted. Leave empty to keep it." : "Kept encrypted."}
            error={fieldError(save.error, "secretAccessKey")}
          >
            <Input
              mono
              type="password"
              readOnly={!canWrite}
              autoComplete="new-password"
              value={secretAccessKey}
              onChange={(event) => setSecret(event.target.value)}
              placeholder={endpoint?.hasSecret ? "••••••••" : ""}
            />
          </Field>
          <Field
            label="Session token"
            help="Only of temporary credentials, whose key id begins with ASIA. Calls fail once they have expired."
            error={fieldError(save.error, "sessionToken")}
          >
            <Input
              mono
              type="password"
              readOnly={!canWrite}
              autoComplete="off"
              value={sessionToken}
              onChange={(event) => setSessionToken(event.target.value.trim())}
            />
          </Field>
          {canWrite ? (
            <div className="flex gap-2">
              <Button type="submit" variant="primary" pending={save.isPending}>
                Save
              </Button>
              {endpoint ? (
                <Button variant="ghost" pending={remove.isPending} onClick={() => remove.mutate()}>
                  Remove
                </Button>
              ) : null}
            </div>
          ) : null}
        </form>
      </Section>
      {canWrite ? <EndpointTest input={input} /> : null}
    </div>
  );
}
