"use client";
import { Trash2 } from "lucide-react";
import { type MethodSetting, methodSettingSchema } from "@/server/gateway/snapshot/stage-config";
import { useApi } from "../api/use-api";
import { useCan } from "../shell/session";
import { Field } from "../ui/field";
import { IconButton } from "../ui/icon-button";
import { NumberInput } from "../ui/number-input";
import { Section } from "../ui/section";
import { Select } from "../ui/select";
import { Table, Td, Th } from "../ui/table";
import { Verb } from "../ui/verb";
import { methodRoutes, routeOfSettingKey } from "./method-routes";
import { SaveBar } from "./save-bar";
import { type Stage, useStageChanges } from "./use-stage-changes";

type Settings = Record<string, MethodSetting>;
type Limits = { rate: number | null; burst: number | null };

const ALL = "*/*";

const limitsOf = (setting: MethodSetting | undefined): Limits => ({
  rate: setting && setting.throttlingRateLimit >= 0 ? setting.throttlingRateLimit : null,
  burst: setting && setting.throttlingBurstLimit >= 0 ? setting.throttlingBurstLimit : null,
});

function withLimits(settings: Settings, key: string, limits: Limits): Settings {
  return {
    ...settings,
    [key]: methodSettingSchema.parse({
      ...settings[key],
      throttlingRateLimit: limits.rate ?? -1,
      throttlingBurstLimit: limits.burst === null ? -1 : Math.trunc(limits.burst),
    }),
  };
}

/** One limit without the other does nothing in a token bucket. */
function problemOf({ rate, burst }: Limits): string | undefined {
  if ((rate === null) !== (burst === null)) return "Set both rate and burst, or neither";
  return undefined;
}

function LimitInputs({
  limits,
  onChange,
  name,
  readOnly,
}: {
  limits: Limits;
  onChange: (limits: Limits) => void;
  name: string;
  readOnly: boolean;
}) {
  return (
    <>
      <Td className="w-44 max-sm:min-w-32">
        <NumberInput
          aria-label={`Rate of ${name}`}
          value={limits.rate}
          unit="per s"
          readOnly={readOnly}
          placeholder="none"
          onValueChange={(rate) => onChange({ ...limits, rate })}
        />
      </Td>
      <Td className="w-44 max-sm:min-w-32">
        <NumberInput
          aria-label={`Burst of ${name}`}
          value={limits.burst}
          unit="at once"
          readOnly={readOnly}
          placeholder="none"
          onValueChange={(burst) => onChange({ ...limits, burst })}
        />
      </Td>
    </>
  );
}

/** Limits of the whole stage, and of methods that need their own. */
export function ThrottleForm({ apiId, stage }: { apiId: string; stage: Stage }) {
  const readOnly = !useCan()("stage:write");
  const { data: api } = useApi(apiId);
  const form = useStageChanges<Settings>(
    { apiId, stageName: stage.name },
    stage.config.methodSettings,
    (methodSettings) => ({ methodSettings }),
  );
  const settings = form.value;
  const overrides = Object.keys(settings)
    .filter((key) => key !== ALL)
    .sort();
  const free = (api ? methodRoutes(api.definition) : []).filter((route) => !settings[route.settingKey]);
  const set = (key: string, limits: Limits) => form.set(withLimits(settings, key, limits));
  const remove = (key: string) =>
    form.set(Object.fromEntries(Object.entries(settings).filter(([other]) => other !== key)));
  const blocked = Object.entries(settings)
    .map(([key, setting]) => {
      const problem = problemOf(limitsOf(setting));
      if (!problem) return undefined;
      const { path, httpMethod } = routeOfSettingKey(key);
      return key === ALL ? problem : `${httpMethod} ${path}: ${problem.toLowerCase()}`;
    })
    .find(Boolean);
  return (
    <Section title="Throttling" aside="Requests over a limit are answered with 429 by the gateway">
      <div className="overflow-x-auto">
        <Table label="Throttling">
          <thead>
            <tr>
              <Th>Applies to</Th>
              <Th>Steady rate</Th>
              <Th>Burst</Th>
              <Th className="w-10">
                <span className="sr-only">Actions</span>
              </Th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <Td>
                Every method of the stage
                <span className="block text-faint text-sm">unless it has a limit of its own</span>
              </Td>
              <LimitInputs
                name="the stage"
                readOnly={readOnly}
                limits={limitsOf(settings[ALL])}
                onChange={(limits) => set(ALL, limits)}
              />
              <Td />
            </tr>
            {overrides.map((key) => {
              const { path, httpMethod } = routeOfSettingKey(key);
              return (
                <tr key={key}>
                  <Td>
                    <Verb method={httpMethod} fixed />
                    <span className="mono">{path}</span>
                  </Td>
                  <LimitInputs
                    name={`${httpMethod} ${path}`}
                    readOnly={readOnly}
                    limits={limitsOf(settings[key])}
                    onChange={(limits) => set(key, limits)}
                  />
                  <Td className="pl-0">
                    {readOnly ? null : (
                      <IconButton
                        label={`Remove the limit of ${httpMethod} ${path}`}
                        onClick={() => remove(key)}
                      >
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
      {readOnly ? null : (
        <>
          <div className="max-w-sm p-3.5">
            <Field label="Limit one method">
              <Select
                mono
                value={undefined}
                placeholder={free.length > 0 ? "Choose a method" : "Every method has a limit"}
                disabled={free.length === 0}
                onValueChange={(key) => set(key, { rate: 10, burst: 20 })}
                options={free.map((route) => ({
                  value: route.settingKey,
                  label: `${route.httpMethod} ${route.path}`,
                }))}
              />
            </Field>
          </div>
          <SaveBar form={form} blocked={blocked} />
        </>
      )}
    </Section>
  );
}
