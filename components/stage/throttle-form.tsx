"use client";
import { Trash2 } from "lucide-react";
import { methodRoutes, routeOfSettingKey } from "@/server/domain/stage/method-routes";
import {
  ALL_METHODS as ALL,
  changeMethodSetting,
  resetMethodSetting,
  type MethodSettings as Settings,
} from "@/server/domain/stage/method-settings";
import type { MethodSetting } from "@/server/gateway/snapshot/stage-config";
import { useApi } from "../api/use-api";
import { useCan } from "../shell/session";
import { Field } from "../ui/field";
import { IconButton } from "../ui/icon-button";
import { NumberInput } from "../ui/number-input";
import { Section } from "../ui/section";
import { Select } from "../ui/select";
import { Switch } from "../ui/switch";
import { Table, Td, Th } from "../ui/table";
import { Verb } from "../ui/verb";
import { BOUND_WORDS } from "../usage-plan/limit-words";
import { SaveBar } from "./save-bar";
import { StageLimits } from "./stage-limits";
import { type Stage, useStageChanges } from "./use-stage-changes";

type Limits = { rate: number | null; burst: number | null; shadow: boolean };
type Headers = NonNullable<Stage["config"]["rateLimitHeaders"]>;
type Form = { methodSettings: Settings; rateLimitHeaders: Headers };

const limitsOf = (setting: MethodSetting | undefined): Limits => ({
  rate: setting && setting.throttlingRateLimit >= 0 ? setting.throttlingRateLimit : null,
  burst: setting && setting.throttlingBurstLimit >= 0 ? setting.throttlingBurstLimit : null,
  shadow: setting?.throttlingShadow ?? false,
});

const LIMIT_FIELDS = ["throttlingRateLimit", "throttlingBurstLimit", "throttlingShadow"] as const;

function withLimits(settings: Settings, key: string, limits: Limits): Settings {
  return changeMethodSetting(settings, key, {
    throttlingRateLimit: limits.rate ?? -1,
    throttlingBurstLimit: limits.burst === null ? -1 : Math.trunc(limits.burst),
    throttlingShadow: limits.shadow && limits.rate !== null,
  });
}

const HEADER_WORDS: Record<Headers, string> = {
  OFF: "A 429 says no more than that.",
  STANDARD: "All limits of the client, in the fields of the IETF's draft, and Retry-After on a 429.",
  SEPARATE:
    "The tightest limit in the draft's earlier fields, which many clients know, and Retry-After on a 429.",
};

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
      <Td className="w-20">
        <Switch
          aria-label={`Shadow mode of ${name}`}
          checked={limits.shadow}
          disabled={readOnly || limits.rate === null}
          onCheckedChange={(shadow) => onChange({ ...limits, shadow })}
        />
      </Td>
    </>
  );
}

/** Limits of the whole stage, and of methods that need their own. */
export function ThrottleForm({ apiId, stage }: { apiId: string; stage: Stage }) {
  const readOnly = !useCan()("stage:write");
  const { data: api } = useApi(apiId);
  const { methodSettings, rateLimitHeaders = "OFF" } = stage.config;
  const form = useStageChanges<Form>(
    { apiId, stageName: stage.name },
    { methodSettings, rateLimitHeaders },
    (changes) => changes,
  );
  const settings = form.value.methodSettings;
  const setSettings = (next: Settings) => form.set({ ...form.value, methodSettings: next });
  const overrides = Object.keys(settings)
    .filter((key) => key !== ALL)
    .sort();
  const free = (api ? methodRoutes(api.definition) : []).filter((route) => !settings[route.settingKey]);
  const set = (key: string, limits: Limits) => setSettings(withLimits(settings, key, limits));
  const remove = (key: string) => setSettings(resetMethodSetting(settings, key, LIMIT_FIELDS));
  const blocked = Object.entries(settings)
    .map(([key, setting]) => {
      const problem = problemOf(limitsOf(setting));
      if (!problem) return undefined;
      const { path, httpMethod } = routeOfSettingKey(key);
      return key === ALL ? problem : `${httpMethod} ${path}: ${problem.toLowerCase()}`;
    })
    .find(Boolean);
  return (
    <div className="flex flex-col gap-4">
      <Section title="Throttling" aside="Requests over a limit are answered with 429 by the gateway">
        <div className="overflow-x-auto">
          <Table label="Throttling">
            <thead>
              <tr>
                <Th>Applies to</Th>
                <Th>Steady rate</Th>
                <Th>Burst</Th>
                <Th>Shadow</Th>
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
                      {readOnly || resetMethodSetting(settings, key, LIMIT_FIELDS) === settings ? null : (
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
        <p className="px-3.5 pt-3 text-faint text-sm">
          A method's own settings replace those of every method whole, with its log and cache.{" "}
          {BOUND_WORDS.throttle}. Each method has a bucket of its own. A limit in shadow mode refuses nothing;
          its refusals are counted in the gateway's metrics and log.
        </p>
        <div className="grid max-w-3xl gap-x-6 sm:grid-cols-2">
          {readOnly ? null : (
            <div className="p-3.5">
              <Field label="Limit one method">
                <Select
                  mono
                  value={undefined}
                  placeholder={free.length > 0 ? "Choose a method" : "Every method has a limit"}
                  disabled={free.length === 0}
                  onValueChange={(key) => set(key, { rate: 10, burst: 20, shadow: false })}
                  options={free.map((route) => ({
                    value: route.settingKey,
                    label: `${route.httpMethod} ${route.path}`,
                  }))}
                />
              </Field>
            </div>
          )}
          <div className="p-3.5">
            <Field label="Tell clients how they stand" help={HEADER_WORDS[form.value.rateLimitHeaders]}>
              <Select
                value={form.value.rateLimitHeaders}
                disabled={readOnly}
                onValueChange={(headers) => form.set({ ...form.value, rateLimitHeaders: headers as Headers })}
                options={[
                  { value: "OFF", label: "No, as on AWS" },
                  { value: "STANDARD", label: "RateLimit and RateLimit-Policy" },
                  { value: "SEPARATE", label: "RateLimit-Limit, -Remaining, -Reset" },
                ]}
              />
            </Field>
          </div>
        </div>
        {readOnly ? null : <SaveBar form={form} blocked={blocked} />}
      </Section>
      <StageLimits apiId={apiId} stage={stage} methodSettings={settings} isSaved={!form.isDirty} />
    </div>
  );
}
