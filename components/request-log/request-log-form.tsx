"use client";
import { methodSettingSchema } from "@/server/gateway/snapshot/stage-config";
import { useCan } from "../shell/session";
import { SaveBar } from "../stage/save-bar";
import { type Stage, useStageChanges } from "../stage/use-stage-changes";
import { Field } from "../ui/field";
import { NumberInput } from "../ui/number-input";
import { Section } from "../ui/section";
import { Segmented } from "../ui/segmented";
import { Switch } from "../ui/switch";

const MODES = [
  { value: "OFF", label: "Off" },
  { value: "SAMPLED", label: "A share" },
  { value: "ALL", label: "All" },
] as const;
const LEVELS = [
  { value: "OFF", label: "Off" },
  { value: "ERROR", label: "Errors" },
  { value: "INFO", label: "Errors and info" },
] as const;
const ALL_METHODS = "*/*";

/** What is kept of requests: the request log, and the execution log of all methods. */
export function RequestLogForm({ apiId, stage }: { apiId: string; stage: Stage }) {
  const canWrite = useCan()("stage:write");
  const { requestLog = "OFF", requestLogPercent = 10, methodSettings } = stage.config;
  const all = methodSettings[ALL_METHODS];
  const form = useStageChanges(
    { apiId, stageName: stage.name },
    {
      requestLog,
      requestLogPercent: requestLogPercent as number | null,
      level: all?.loggingLevel ?? ("OFF" as const),
      dataTrace: all?.dataTraceEnabled ?? false,
    },
    (value) => ({
      requestLog: value.requestLog,
      ...(value.requestLogPercent === null ? {} : { requestLogPercent: value.requestLogPercent }),
      methodSettings: {
        ...methodSettings,
        [ALL_METHODS]: methodSettingSchema.parse({
          ...all,
          loggingLevel: value.level,
          dataTraceEnabled: value.dataTrace,
        }),
      },
    }),
  );
  const { value } = form;
  const percent = value.requestLogPercent;
  const isWrong = value.requestLog === "SAMPLED" && (percent === null || percent < 0.01 || percent > 100);
  return (
    <Section title="Requests and execution log">
      <div className="flex flex-col gap-4 p-3.5">
        <Field
          label="Request log"
          help="What the Requests tab shows. Secrets are masked; bodies are kept only in the lines of methods with data trace."
        >
          <Segmented
            label="Request log"
            value={value.requestLog}
            onValueChange={(next) => canWrite && form.set({ ...value, requestLog: next })}
            options={MODES}
          />
        </Field>
        {value.requestLog === "SAMPLED" ? (
          <Field label="Share" error={isWrong ? "From 0.01 to 100 %" : undefined}>
            <NumberInput
              value={percent}
              unit="%"
              readOnly={!canWrite}
              onValueChange={(next) => form.set({ ...value, requestLogPercent: next })}
              className="w-32"
            />
          </Field>
        ) : null}
        <Field
          label="Execution log"
          help="Of every method without settings of its own, in AWS's lines; also written to logs/execution on each node."
        >
          <Segmented
            label="Execution log"
            value={value.level}
            onValueChange={(next) => canWrite && form.set({ ...value, level: next })}
            options={LEVELS}
          />
        </Field>
        {value.level === "OFF" ? null : (
          <Switch
            checked={value.dataTrace}
            disabled={!canWrite}
            onCheckedChange={(dataTrace) => form.set({ ...value, dataTrace })}
            label="Data trace: log bodies too"
          />
        )}
      </div>
      {canWrite ? <SaveBar form={form} blocked={isWrong ? "The share is not valid" : undefined} /> : null}
    </Section>
  );
}
