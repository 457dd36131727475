"use client";
import { useCan } from "../shell/session";
import { CopyableId } from "../ui/copy-button";
import { Field } from "../ui/field";
import { Section } from "../ui/section";
import { Segmented } from "../ui/segmented";
import { Switch } from "../ui/switch";
import { Textarea } from "../ui/textarea";
import { ACCESS_LOG_PRESETS, type PresetName, presetOf } from "./access-log-presets";
import { SaveBar } from "./save-bar";
import { type Stage, useStageChanges } from "./use-stage-changes";

/** The access log: on or off, and the line written for each request. */
export function LoggingForm({ apiId, stage }: { apiId: string; stage: Stage }) {
  const canWrite = useCan()("stage:write");
  const form = useStageChanges<string | null>(
    { apiId, stageName: stage.name },
    stage.config.accessLogFormat,
    (accessLogFormat) => ({ accessLogFormat }),
  );
  const format = form.value;
  const isMissingId = format !== null && !/\$context\.(extendedRequestId|requestId)/.test(format);
  return (
    <Section title="Access log" aside={format === null ? "off" : "one line per request"}>
      <div className="flex flex-col gap-4 p-3.5">
        <Switch
          checked={format !== null}
          disabled={!canWrite}
          onCheckedChange={(on) => form.set(on ? ACCESS_LOG_PRESETS.JSON : null)}
          label="Write an access log"
        />
        {format === null ? null : (
          <>
            <Segmented
              label="Format presets"
              disabled={!canWrite}
              value={presetOf(format)}
              onValueChange={(name) => name !== "Custom" && form.set(ACCESS_LOG_PRESETS[name])}
              options={[...(Object.keys(ACCESS_LOG_PRESETS) as PresetName[]), "Custom" as const].map(
                (name) => ({
                  value: name,
                  label: name,
                }),
              )}
            />
            <Field
              label="Format"
              help="Text with $context variables. Line breaks are taken out when it is saved."
              error={
                isMissingId ? "Must contain $context.requestId or $context.extendedRequestId" : undefined
              }
            >
              <Textarea
                mono
                rows={5}
                readOnly={!canWrite}
                value={format}
                onChange={(event) => form.set(event.target.value.replaceAll("\n", " "))}
              />
            </Field>
            <p className="text-muted text-sm">
              Written on each node to{" "}
              <CopyableId
                id={`logs/access/${apiId}/${stage.name}.log`}
                label="path"
                className="align-bottom"
              />{" "}
              in its data directory.
            </p>
          </>
        )}
      </div>
      {canWrite ? (
        <SaveBar form={form} blocked={isMissingId ? "The format needs a request id" : undefined} />
      ) : null}
    </Section>
  );
}
