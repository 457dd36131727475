"use client";
import { HTTP_METHODS } from "@/server/gateway/snapshot/method";
import { useApi } from "../api/use-api";
import { useDraft } from "../designer/store/draft-provider";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Select } from "../ui/select";
import { Textarea } from "../ui/textarea";
import { PairsEditor } from "./pairs-editor";
import { prettyJson } from "./pretty-json";
import { pathNames } from "./test-request";
import type { TestRunState, TestTarget } from "./use-test-run";

const HEADERS = ["Accept", "Authorization", "Content-Type", "If-None-Match", "X-Api-Key"];
const NO_STAGE = "-";

function declaredNames(target: TestTarget, place: "header" | "querystring"): string[] {
  const prefix = `method.request.${place}.`;
  return Object.keys(target.method.requestParameters)
    .filter((key) => key.startsWith(prefix))
    .map((key) => key.slice(prefix.length));
}

function PathFields({ target, test }: { target: TestTarget; test: TestRunState }) {
  const names = pathNames(target.path);
  if (names.length === 0) return null;
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1 font-medium">Path</legend>
      {names.map((name) => (
        <Field
          key={name}
          layout="row"
          className="grid-cols-[minmax(60px,112px)_1fr]"
          label={<span className="mono">{`{${name}}`}</span>}
        >
          <Input
            mono
            value={test.form.path[name] ?? ""}
            placeholder={`value of ${name}`}
            onChange={(event) => test.setForm({ path: { ...test.form.path, [name]: event.target.value } })}
          />
        </Field>
      ))}
    </fieldset>
  );
}

function StageChoice({ test }: { test: TestRunState }) {
  const { apiId } = useDraft();
  const { data: api } = useApi(apiId);
  const variables = Object.entries(test.stageVariables);
  return (
    <Field
      label="Stage variables"
      help={
        test.form.stageName === null ? undefined : variables.length === 0 ? (
          "This stage has none."
        ) : (
          <span className="mono">{variables.map(([name, value]) => `${name}=${value}`).join("  ")}</span>
        )
      }
    >
      <Select
        value={test.form.stageName ?? NO_STAGE}
        onValueChange={(name) => test.setForm({ stageName: name === NO_STAGE ? null : name })}
        options={[
          { value: NO_STAGE, label: "None" },
          ...(api?.stages.map((stage) => ({ value: stage.name, label: `Those of ${stage.name}` })) ?? []),
        ]}
      />
    </Field>
  );
}

/** What the test sends. */
export function RequestForm({ target, test }: { target: TestTarget; test: TestRunState }) {
  const { form, setForm } = test;
  const pretty = prettyJson(form.body);
  return (
    <form
      aria-label="Test request"
      className="flex flex-col gap-4 px-3.5 py-3"
      onSubmit={(event) => {
        event.preventDefault();
        void test.run();
      }}
    >
      {target.method.httpMethod === "ANY" ? (
        <Field layout="row" label="Method">
          <Select
            mono
            value={form.verb}
            onValueChange={(verb) => setForm({ verb })}
            options={HTTP_METHODS.filter((verb) => verb !== "ANY").map((verb) => ({
              value: verb,
              label: verb,
            }))}
          />
        </Field>
      ) : null}
      <PathFields target={target} test={test} />
      <PairsEditor
        label="Query"
        one="query parameter"
        pairs={form.query}
        onChange={(query) => setForm({ query })}
        suggestions={declaredNames(target, "querystring")}
      />
      <PairsEditor
        label="Headers"
        one="header"
        pairs={form.headers}
        onChange={(headers) => setForm({ headers })}
        suggestions={[...declaredNames(target, "header"), ...HEADERS]}
      />
      <Field
        label="Body"
        aside={
          form.body === "" ? undefined : pretty === null ? (
            <span className="text-warn">not JSON</span>
          ) : pretty === form.body ? (
            "JSON"
          ) : (
            <button
              type="button"
              className="text-accent hover:underline"
              onClick={() => setForm({ body: pretty })}
            >
              Format
            </button>
          )
        }
      >
        <Textarea
          mono
          rows={7}
          value={form.body}
          placeholder={'{\n  "name": "Rex"\n}'}
          onChange={(event) => setForm({ body: event.target.value })}
        />
      </Field>
      <StageChoice test={test} />
    </form>
  );
}
