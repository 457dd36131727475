"use client";
import { useCan } from "../shell/session";
import { SaveBar } from "../stage/save-bar";
import { type Stage, useStageChanges } from "../stage/use-stage-changes";
import { Field } from "../ui/field";
import { NumberInput } from "../ui/number-input";
import { Section } from "../ui/section";
import { Segmented } from "../ui/segmented";

const MODES = [
  { value: "OFF", label: "Off" },
  { value: "SAMPLED", label: "A share" },
  { value: "ALL", label: "All" },
] as const;
/** Which requests are kept for people to look at. */
export function RequestLogForm({ apiId, stage }: { apiId: string; stage: Stage }) {
  const canWrite = useCan()("stage:write");
  const { requestLog = "OFF", requestLogPercent = 10 } = stage.config;
  const form = useStageChanges(
    { apiId, stageName: stage.name },
    {
      requestLog,
      requestLogPercent: requestLogPercent as number | null,
    },
    (value) => ({
      requestLog: value.requestLog,
      ...(value.requestLogPercent === null ? {} : { requestLogPercent: value.requestLogPercent }),
    }),
  );
  const { value } = form;
  const percent = value.requestLogPercent;
  const isWrong = value.requestLog === "SAMPLED" && (percent === null || percent < 0.01 || percent > 100);
  return (
    <Section title="Requests kept">
      <div className="flex flex-col gap-4 p-3.5">
        <Field
          label="Request log"
          help="What the Requests tab shows. Secrets are masked; bodies are kept only in the lines of methods with data trace."
        >
          <Segmented
            label="Request log"
            value={value.requestLog}
            disabled={!canWrite}
            onValueChange={(requestLog) => form.set({ ...value, requestLog })}
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
      </div>
      {canWrite ? <SaveBar form={form} blocked={isWrong ? "The share is not valid" : undefined} /> : null}
    </Section>
  );
}
