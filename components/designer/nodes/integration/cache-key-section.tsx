"use client";
import { useState } from "react";
import type { EditError } from "@/server/domain/errors";
import type { Integration } from "@/server/gateway/snapshot/integration";
import type { Method } from "@/server/gateway/snapshot/method";
import { StoredOnly } from "../../../api/stored-only";
import { Checkbox } from "../../../ui/checkbox";
import { TextField } from "../../fields/text-field";
import { useDraft } from "../../store/draft-provider";
import { InspectorSection } from "../inspector-section";
import { cacheKeyChoices, withCacheKey } from "./cache-key-choices";

type Change = (changes: {
  cacheNamespace?: string | null;
  cacheKeyParameters?: string[];
}) => EditError | null;

/** What tells cached answers apart: declared parameters, in a namespace that integrations may share. */
export function CacheKeySection({
  method,
  integration,
  change,
}: {
  method: Method;
  integration: Integration;
  change: Change;
}) {
  const { canWrite } = useDraft();
  const [error, setError] = useState<string | null>(null);
  const choices = cacheKeyChoices(method, integration);
  return (
    <InspectorSection title="Cache key" aside={<StoredOnly />}>
      <fieldset className="flex flex-col gap-1.5">
        <legend className="mb-1 text-muted">Parameters in the key</legend>
        {choices.length === 0 ? (
          <p className="text-faint text-sm">
            None can be chosen yet. Declare a parameter in the box Method request first.
          </p>
        ) : null}
        {choices.map(({ name, isChosen, isUnknown }) => (
          <Checkbox
            key={name}
            label={<span className="mono break-all">{name}</span>}
            help={isUnknown ? <span className="text-bad">Not declared: AWS refuses it</span> : undefined}
            checked={isChosen}
            disabled={!canWrite}
            onCheckedChange={(next) => {
              const refused = change({
                cacheKeyParameters: withCacheKey(integration.cacheKeyParameters, name, next),
              });
              setError(refused?.message ?? null);
            }}
          />
        ))}
        {error ? (
          <p role="alert" className="text-bad text-sm">
            {error}
          </p>
        ) : null}
        <p className="text-faint text-sm">
          Requests that differ in anything else share one cached answer. As on AWS, only what the method
          request declares or the integration request maps can be chosen.
        </p>
      </fieldset>
      <TextField
        label="Namespace"
        mono
        value={integration.cacheNamespace ?? ""}
        commit={(cacheNamespace) => change({ cacheNamespace: cacheNamespace.trim() || null })}
        placeholder="the resource's id"
        help="Integrations with the same namespace share cached answers"
      />
    </InspectorSection>
  );
}
