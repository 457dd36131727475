"use client";
import { Trash2 } from "lucide-react";
import { methodRoutes, routeOfSettingKey } from "@/server/domain/stage/method-routes";
import {
  ALL_METHODS,
  changeMethodSetting,
  newMethodSetting,
  resetMethodSetting,
} from "@/server/domain/stage/method-settings";
import type { MethodSetting } from "@/server/gateway/snapshot/stage-config";
import { useApi } from "../api/use-api";
import { useCan } from "../shell/session";
import { Field } from "../ui/field";
import { IconButton } from "../ui/icon-button";
import { Section } from "../ui/section";
import { Segmented } from "../ui/segmented";
import { Select } from "../ui/select";
import { Switch } from "../ui/switch";
import { Table, Td, Th } from "../ui/table";
import { Verb } from "../ui/verb";
import { SaveBar } from "./save-bar";
import { type Stage, useStageChanges } from "./use-stage-changes";

const FIELDS = ["loggingLevel", "dataTraceEnabled", "metricsEnabled"] as const;
const LEVELS = [
  { value: "OFF", label: "Off" },
  { value: "ERROR", label: "Errors" },
  { value: "INFO", label: "Info" },
] as const;

type Logging = Pick<MethodSetting, (typeof FIELDS)[number]>;

function LoggingInputs({
  setting,
  name,
  readOnly,
  onChange,
}: {
  setting: Logging;
  name: string;
  readOnly: boolean;
  onChange: (change: Partial<Logging>) => void;
}) {
  return (
    <>
      <Td>
        <Segmented
          label={`Execution log of ${name}`}
          value={setting.loggingLevel}
          disabled={readOnly}
          onValueChange={(loggingLevel) => onChange({ loggingLevel })}
          options={LEVELS}
        />
      </Td>
      <Td className="w-24">
        <Switch
          aria-label={`Data trace of ${name}`}
          checked={setting.dataTraceEnabled}
          disabled={readOnly || setting.loggingLevel === "OFF"}
          onCheckedChange={(dataTraceEnabled) => onChange({ dataTraceEnabled })}
        />
      </Td>
      <Td className="w-24">
        <Switch
          aria-label={`Detailed metrics of ${name}`}
          checked={setting.metricsEnabled}
          disabled={readOnly}
          onCheckedChange={(metricsEnabled) => onChange({ metricsEnabled })}
        />
      </Td>
    </>
  );
}

/** Execution log, data trace and metrics: of every method, and of methods with settings of their own. */
export function MethodLoggingForm({ apiId, stage }: { apiId: string; stage: Stage }) {
  const readOnly = !useCan()("stage:write");
  const { data: api } = useApi(apiId);
  const form = useStageChanges(
    { apiId, stageName: stage.name },
    stage.config.methodSettings,
    (methodSettings) => ({ methodSettings }),
  );
  const settings = form.value;
  const own = Object.keys(settings)
    .filter((key) => key !== ALL_METHODS)
    .sort();
  const free = (api ? methodRoutes(api.definition) : []).filter((route) => !settings[route.settingKey]);
  const change = (key: string, changes: Partial<Logging>) =>
    form.set(changeMethodSetting(settings, key, changes));
  return (
    <Section title="Execution log and metrics" aside="in AWS's lines; also in logs/execution on each node">
      <div className="overflow-x-auto">
        <Table label="Execution log and metrics">
          <thead>
            <tr>
              <Th>Applies to</Th>
              <Th>Execution log</Th>
              <Th>Data trace</Th>
              <Th>Metrics</Th>
              <Th className="w-10">
                <span className="sr-only">Actions</span>
              </Th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <Td className="min-w-40">
                Every method of the stage
                <span className="block text-faint text-sm">without settings of its own</span>
              </Td>
              <LoggingInputs
                name="the stage"
                readOnly={readOnly}
                setting={newMethodSetting(settings, ALL_METHODS)}
                onChange={(changes) => change(ALL_METHODS, changes)}
              />
              <Td />
            </tr>
            {own.map((key) => {
              const { path, httpMethod } = routeOfSettingKey(key);
              const name = `${httpMethod} ${path}`;
              const reset = resetMethodSetting(settings, key, FIELDS);
              return (
                <tr key={key}>
                  <Td>
                    <Verb method={httpMethod} fixed />
                    <span className="mono">{path}</span>
                  </Td>
                  <LoggingInputs
                    name={name}
                    readOnly={readOnly}
                    setting={settings[key] as MethodSetting}
                    onChange={(changes) => change(key, changes)}
                  />
                  <Td className="pl-0">
                    {readOnly || reset === settings ? null : (
                      <IconButton label={`Log ${name} as every method`} onClick={() => form.set(reset)}>
                        <Trash2 />
                      </IconButton>
                    )}
                  </Td>
                </tr>
              );
            })}
          </tbody>
        </Table>
      </div>
      <p className="px-3.5 py-3 text-faint text-sm">
        A method's own settings replace those of every method whole: log, metrics, throttle and cache. They
        begin as a copy, and later changes above do not reach them. Data trace logs bodies too. Metrics: AWS's
        detailed metrics; Gatehouse measures each method anyway.
      </p>
      {readOnly ? null : (
        <div className="max-w-sm px-3.5 pb-3.5">
          <Field label="Give a method its own">
            <Select
              mono
              value={undefined}
              placeholder={free.length > 0 ? "Choose a method" : "Every method has its own"}
              disabled={free.length === 0}
              onValueChange={(key) => change(key, {})}
              options={free.map((route) => ({
                value: route.settingKey,
                label: `${route.httpMethod} ${route.path}`,
              }))}
            />
          </Field>
        </div>
      )}
      {readOnly ? null : <SaveBar form={form} />}
    </Section>
  );
}
