"use client";
import { methodRoutes, routeOfSettingKey } from "@/server/domain/stage/method-routes";
import type { MethodSettings } from "@/server/domain/stage/method-settings";
import {
  CACHE_CLUSTER_SIZES,
  DEFAULT_CACHE_CLUSTER_SIZE,
  type StageConfig,
} from "@/server/gateway/snapshot/stage-config";
import { useApi } from "../../api/use-api";
import { useCan } from "../../shell/session";
import { Field } from "../../ui/field";
import { Section } from "../../ui/section";
import { Select } from "../../ui/select";
import { Switch } from "../../ui/switch";
import { SaveBar } from "../save-bar";
import { type Stage, useStageChanges } from "../use-stage-changes";
import { CacheActivity } from "./cache-activity";
import { CacheTable } from "./cache-table";
import { keysWithoutPath, ttlProblem } from "./cache-words";

type Size = NonNullable<StageConfig["cacheClusterSize"]>;
type Form = { isOn: boolean; size: Size; methodSettings: MethodSettings };

/** The stage's cache: whether and how large, what is kept of which method, and how well it does. */
export function CacheForm({ apiId, stage }: { apiId: string; stage: Stage }) {
  const readOnly = !useCan()("stage:write");
  const { data: api } = useApi(apiId);
  const {
    cacheClusterEnabled: isOn = false,
    cacheClusterSize: size = DEFAULT_CACHE_CLUSTER_SIZE,
    methodSettings,
  } = stage.config;
  const form = useStageChanges<Form>(
    { apiId, stageName: stage.name },
    { isOn, size, methodSettings },
    (value) => ({
      cacheClusterEnabled: value.isOn,
      cacheClusterSize: value.size,
      methodSettings: value.methodSettings,
    }),
  );
  const { value } = form;
  const set = (change: Partial<Form>) => form.set({ ...value, ...change });
  const known = api ? methodRoutes(api.definition) : [];
  const isKnown = new Set(["*/*", ...known.map(({ settingKey }) => settingKey)]);
  const others = Object.keys(value.methodSettings)
    .filter((settingKey) => !isKnown.has(settingKey))
    .map((settingKey) => ({ settingKey, ...routeOfSettingKey(settingKey) }));
  const losesAll = isOn && (!value.isOn || value.size !== size);
  return (
    <div className="flex flex-col gap-4">
      {isOn ? <CacheActivity apiId={apiId} stageName={stage.name} /> : null}
      <Section title="Cache" aside={isOn ? `${size} GB` : "off"}>
        <div className="flex flex-col gap-4 p-3.5">
          <Switch
            checked={value.isOn}
            disabled={readOnly}
            onCheckedChange={(next) => set({ isOn: next })}
            label="Keep answers of this stage's methods"
          />
          {value.isOn ? (
            <Field
              label="Size"
              help="The most that is kept of this stage. Nothing is reserved: a gateway gives all stages together what GATEHOUSE_CACHE_MB says, and forgets first what was used least recently."
              className="max-w-xl"
            >
              <Select
                value={value.size}
                disabled={readOnly}
                onValueChange={(next) => set({ size: next as Size })}
                options={CACHE_CLUSTER_SIZES.map((one) => ({ value: one, label: `${one} GB` }))}
                className="max-w-40"
              />
            </Field>
          ) : (
            <p className="max-w-xl text-faint text-sm">
              With it, a gateway keeps answers to GETs for five minutes unless told otherwise, and gives them
              to everybody who asks the same without asking the back end again.
            </p>
          )}
          {losesAll ? (
            <p className="text-sm text-warn">Saving this drops every answer that is kept now.</p>
          ) : null}
        </div>
        {value.isOn ? (
          <>
            <div className="overflow-x-auto border-line border-t">
              <CacheTable
                settings={value.methodSettings}
                routes={[...known, ...others]}
                missing={api ? keysWithoutPath(api.definition) : new Map()}
                readOnly={readOnly}
                onChange={(next) => set({ methodSettings: next })}
              />
            </div>
            <p className="max-w-4xl px-3.5 py-3 text-faint text-sm">
              Answers are told apart by what the integration's cache key names, nothing else: where it lacks a
              parameter of the path, all values of that share one answer. A method with settings of its own
              takes none from the first row, not even limits and log level: they are copied from it once.
              Permission is a policy that allows execute-api:InvalidateCache.
            </p>
          </>
        ) : null}
        {readOnly ? null : <SaveBar form={form} blocked={ttlProblem(value.methodSettings)} />}
      </Section>
    </div>
  );
}
