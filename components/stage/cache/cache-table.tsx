"use client";
import { Pencil, TriangleAlert, Undo2 } from "lucide-react";
import { useId } from "react";
import type { MethodRoute } from "@/server/domain/stage/method-routes";
import {
  ALL_METHODS,
  changeMethodSetting,
  type MethodSettings,
  newMethodSetting,
  resetMethodSetting,
} from "@/server/domain/stage/method-settings";
import type { MethodSetting } from "@/server/gateway/snapshot/stage-config";
import { IconButton } from "../../ui/icon-button";
import { NumberInput } from "../../ui/number-input";
import { Select } from "../../ui/select";
import { Switch } from "../../ui/switch";
import { Table, Td, Th } from "../../ui/table";
import { Verb } from "../../ui/verb";
import {
  CACHE_FIELDS,
  effectiveSetting,
  INVALIDATION,
  type Invalidation,
  invalidationFields,
  invalidationOf,
  isKept,
  isTtl,
  settingWords,
  TTL_RULE,
} from "./cache-words";

type Change = (changes: Partial<MethodSetting>) => void;
const CHOICES = Object.entries(INVALIDATION).map(([value, label]) => ({ value, label }));

/** TTL, encryption and invalidation of a setting that can be changed here. */
function SettingInputs({
  setting,
  name,
  readOnly,
  onChange,
}: {
  setting: MethodSetting;
  name: string;
  readOnly: boolean;
  onChange: Change;
}) {
  const isOff = readOnly || !setting.cachingEnabled;
  const faultId = useId();
  const isFaulty = !isTtl(setting.cacheTtlInSeconds);
  return (
    <>
      <Td className="w-32 max-sm:min-w-28">
        <NumberInput
          aria-label={`Seconds answers of ${name} are kept`}
          value={Number.isNaN(setting.cacheTtlInSeconds) ? null : setting.cacheTtlInSeconds}
          unit="s"
          {...(isFaulty ? { "aria-invalid": true, "aria-describedby": faultId } : {})}
          readOnly={readOnly}
          // What is wrong can be put right, used or not.
          disabled={!setting.cachingEnabled && !isFaulty}
          onValueChange={(seconds) => onChange({ cacheTtlInSeconds: seconds ?? Number.NaN })}
        />
        {isFaulty ? (
          <p id={faultId} role="alert" className="mt-1 text-bad text-sm first-letter:uppercase">
            {TTL_RULE}
          </p>
        ) : null}
      </Td>
      <Td className="w-24">
        <Switch
          aria-label={`Encrypt answers of ${name}`}
          checked={setting.cacheDataEncrypted}
          disabled={isOff}
          onCheckedChange={(cacheDataEncrypted) => onChange({ cacheDataEncrypted })}
        />
      </Td>
      <Td className="w-64 max-sm:min-w-52">
        <Select
          aria-label={`Who may invalidate answers of ${name}`}
          value={invalidationOf(setting)}
          disabled={isOff}
          onValueChange={(choice) => onChange(invalidationFields(choice as Invalidation))}
          options={CHOICES}
        />
      </Td>
    </>
  );
}

/** Beside the row's name on a phone, where the field itself is out of sight to the right. */
function TtlFault({ setting }: { setting: MethodSetting }) {
  if (isTtl(setting.cacheTtlInSeconds)) return null;
  return <span className="block text-bad text-sm sm:hidden">Kept for: {TTL_RULE}</span>;
}

/** The same of a setting that is the stage's. */
function SettingWords({ setting }: { setting: MethodSetting }) {
  if (!isKept(setting)) {
    return (
      <>
        <Td className="w-32" />
        <Td className="w-24" />
        <Td className="w-64" />
      </>
    );
  }
  return (
    <>
      <Td className="w-32 text-muted" numeric>
        <span className="pr-2">{setting.cacheTtlInSeconds} s</span>
      </Td>
      <Td className="w-24 text-muted">{setting.cacheDataEncrypted ? "yes" : "no"}</Td>
      <Td className="w-64 text-muted">{INVALIDATION[invalidationOf(setting)]}</Td>
    </>
  );
}

export type CacheTableProps = {
  settings: MethodSettings;
  routes: readonly Pick<MethodRoute, "settingKey" | "path" | "httpMethod" | "cacheKeyGaps">[];
  readOnly: boolean;
  onChange: (settings: MethodSettings) => void;
};

function MethodRow({
  route,
  settings,
  readOnly,
  onChange,
}: Omit<CacheTableProps, "routes"> & { route: CacheTableProps["routes"][number] }) {
  const { settingKey: key, path, httpMethod, cacheKeyGaps: lacks } = route;
  const name = `${httpMethod} ${path}`;
  const isOwn = Object.hasOwn(settings, key);
  const setting = effectiveSetting(settings, key);
  const change: Change = (changes) => onChange(changeMethodSetting(settings, key, changes));
  const canReset = isOwn && resetMethodSetting(settings, key, CACHE_FIELDS) !== settings;
  return (
    <tr>
      <Td className="min-w-48">
        <span className="flex items-baseline">
          <Verb method={httpMethod} fixed />
          <span className="mono break-all">{path}</span>
        </span>
        {isKept(setting) && lacks.length > 0 ? (
          <span
            className="flex items-start gap-1 text-sm text-warn"
            title="All its values get the same answer: name it in the cache key of the integration"
          >
            <TriangleAlert className="mt-0.5 size-3.5 shrink-0" />
            {lacks.map((one) => `{${one}}`).join(", ")} {lacks.length > 1 ? "are" : "is"} not in the cache key
          </span>
        ) : null}
        {isOwn ? <TtlFault setting={setting} /> : null}
      </Td>
      <Td className="w-44">
        <span className="flex items-center gap-2">
          <Switch
            aria-label={`Cache ${name}`}
            checked={setting.cachingEnabled}
            disabled={readOnly}
            onCheckedChange={(cachingEnabled) => change({ cachingEnabled })}
          />
          <span className="whitespace-nowrap text-faint text-sm">
            {settingWords(settings, key, httpMethod)}
          </span>
        </span>
      </Td>
      {isOwn ? (
        <SettingInputs setting={setting} name={name} readOnly={readOnly} onChange={change} />
      ) : (
        <SettingWords setting={setting} />
      )}
      <Td className="w-10 pl-0">
        {readOnly ? null : canReset ? (
          <IconButton
            label={`Cache ${name} as the stage does`}
            onClick={() => onChange(resetMethodSetting(settings, key, CACHE_FIELDS))}
          >
            <Undo2 />
          </IconButton>
        ) : isOwn ? null : (
          <IconButton
            label={`Give ${name} settings of its own`}
            onClick={() => onChange({ ...settings, [key]: newMethodSetting(settings, key) })}
          >
            <Pencil />
          </IconButton>
        )}
      </Td>
    </tr>
  );
}

/** What is cached: by default, and method by method. */
export function CacheTable({ routes, ...table }: CacheTableProps) {
  const { settings, readOnly, onChange } = table;
  const all = effectiveSetting(settings, ALL_METHODS);
  const change: Change = (changes) => onChange(changeMethodSetting(settings, ALL_METHODS, changes));
  return (
    <Table label="Caching of methods">
      <thead>
        <tr>
          <Th>Applies to</Th>
          <Th>Cached</Th>
          <Th>Kept for</Th>
          <Th>Encrypted</Th>
          <Th>
            <span className="mono">Cache-Control: max-age=0</span>
          </Th>
          <Th className="w-10">
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <Td>
            Every GET of the stage
            <span className="block text-faint text-sm">unless it has settings of its own</span>
            <TtlFault setting={all} />
          </Td>
          <Td className="w-44">
            <Switch
              aria-label="Cache every GET"
              checked={all.cachingEnabled}
              disabled={readOnly}
              onCheckedChange={(cachingEnabled) => change({ cachingEnabled })}
            />
          </Td>
          <SettingInputs setting={all} name="every GET" readOnly={readOnly} onChange={change} />
          <Td />
        </tr>
        {routes.map((route) => (
          <MethodRow key={route.settingKey} route={route} {...table} />
        ))}
      </tbody>
    </Table>
  );
}
