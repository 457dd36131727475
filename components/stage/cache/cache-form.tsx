"use client";
import { useQuery } from "@tanstack/react-query";
import { routeOfSettingKey } from "@/server/domain/stage/method-routes";
import { ALL_METHODS, type MethodSettings } from "@/server/domain/stage/method-settings";
import { cacheIdentity } from "@/server/gateway/snapshot/cache-identity";
import {
  CACHE_CLUSTER_SIZES,
  DEFAULT_CACHE_CLUSTER_SIZE,
  type StageConfig,
} from "@/server/gateway/snapshot/stage-config";
import { useCan } from "../../shell/session";
import { failureOf } from "../../trpc/failure";
import { useTRPC } from "../../trpc/trpc";
import { Field } from "../../ui/field";
import { Section } from "../../ui/section";
import { Select } from "../../ui/select";
import { Notice } from "../../ui/state/notice";
import { Switch } from "../../ui/switch";
import { SaveBar } from "../save-bar";
import { type Stage, useStageChanges } from "../use-stage-changes";
import { CacheActivity } from "./cache-activity";
import { CacheTable } from "./cache-table";
import { settingsOfNewCache, ttlProblem } from "./cache-words";

type Size = NonNullable<StageConfig["cacheClusterSize"]>;
type Form = { isOn: boolean; size: Size; methodSettings: MethodSettings };

/** The stage's cache: whether and how large, what is kept of which method, and how well it does. */
export function CacheForm({ apiId, stage }: { apiId: string; stage: Stage }) {
  const readOnly = !useCan()("stage:write");
  const trpc = useTRPC();
  const served = useQuery(trpc.stage.methods.queryOptions({ apiId, stageName: stage.name }));
  const {
    cacheClusterEnabled: isOn = false,
    cacheClusterSize: size = DEFAULT_CACHE_CLUSTER_SIZE,
    methodSettings,
  } = stage.config;
  const saved: Form = { isOn, size, methodSettings };
  const changesOf = (given: Form) => {
    // Of a cache that is off nothing else is shown, so nothing else is saved.
    const shown = given.isOn ? given : saved;
    return {
      cacheClusterEnabled: given.isOn,
      cacheClusterSize: shown.size,
      methodSettings: shown.methodSettings,
    };
  };
  const form = useStageChanges<Form>({ apiId, stageName: stage.name }, saved, changesOf);
  const { value } = form;
  const settings = value.methodSettings;
  const set = (change: Partial<Form>) => form.set({ ...value, ...change });
  const known = served.data ?? [];
  const isKnown = new Set([ALL_METHODS, ...known.map(({ settingKey }) => settingKey)]);
  const others = Object.keys(settings)
    .filter((settingKey) => !isKnown.has(settingKey))
    .map((settingKey) => ({ settingKey, ...routeOfSettingKey(settingKey), cacheKeyGaps: [] }));
  const before = cacheIdentity(stage.config);
  const losesAll = before !== "" && cacheIdentity({ ...stage.config, ...changesOf(value) }) !== before;
  return (
    <div className="flex flex-col gap-4">
      {isOn ? <CacheActivity apiId={apiId} stageName={stage.name} /> : null}
      <Section title="Cache" aside={isOn ? `${size} GB` : value.isOn ? "off until you save" : "off"}>
        <div className="flex flex-col gap-4 p-3.5">
          <Switch
            checked={value.isOn}
            disabled={readOnly}
            onCheckedChange={(next) =>
              set({ isOn: next, methodSettings: next ? settingsOfNewCache(settings) : settings })
            }
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
              With it, a gateway keeps answers and gives them to everybody who asks the same, without asking
              the back end again. Switching it on keeps answers to GETs for five minutes, unless settings say
              already what is kept; change that in the table before you save.
            </p>
          )}
          {losesAll ? (
            <p className="text-sm text-warn">Saving this drops every answer that is kept now.</p>
          ) : null}
        </div>
        {value.isOn ? (
          <>
            {served.error ? <Notice tone="bad">{failureOf(served.error).message}</Notice> : null}
            <div className="overflow-x-auto border-line border-t">
              <CacheTable
                settings={settings}
                routes={[...known, ...others]}
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
        {readOnly ? null : <SaveBar form={form} blocked={value.isOn ? ttlProblem(settings) : undefined} />}
      </Section>
    </div>
  );
}
