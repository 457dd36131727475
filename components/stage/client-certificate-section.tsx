"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { saveFile } from "../shell/save-file";
import { useCan } from "../shell/session";
import { failureOf } from "../trpc/failure";
import { type Answers, useTRPC } from "../trpc/trpc";
import { Button } from "../ui/button";
import { CopyButton } from "../ui/copy-button";
import { Field } from "../ui/field";
import { ConfirmDialog } from "../ui/overlay/confirm-dialog";
import { ExpiryDate, RelativeTime } from "../ui/relative-time";
import { Fact, Section } from "../ui/section";
import { Select } from "../ui/select";
import { Notice } from "../ui/state/notice";
import { SaveBar } from "./save-bar";
import { type Stage, useStageChanges } from "./use-stage-changes";

type Certificate = Answers["clientCertificate"]["list"][number];

/** Radix has no empty value. */
const NONE = "none";

/** What a stage shows to its back ends, so that they know the gateway. */
export function ClientCertificateSection({ apiId, stage }: { apiId: string; stage: Stage }) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const can = useCan();
  const canWrite = can("stage:write");
  const list = useQuery(trpc.clientCertificate.list.queryOptions());
  const form = useStageChanges(
    { apiId, stageName: stage.name },
    stage.config.clientCertificateId ?? null,
    (clientCertificateId) => ({ clientCertificateId }),
  );
  const make = useMutation(
    trpc.clientCertificate.create.mutationOptions({
      onSuccess: async ({ id }) => {
        await client.invalidateQueries(trpc.clientCertificate.pathFilter());
        form.set(id);
      },
    }),
  );
  const chosen = list.data?.find(({ id }) => id === form.value);
  return (
    <Section title="Client certificate" aside="Shown to HTTP back ends over TLS">
      <div className="flex flex-col gap-3 p-3.5">
        <div className="flex flex-wrap items-end gap-2">
          <Field label="This stage shows" className="w-80 max-w-full">
            <Select
              value={form.value ?? NONE}
              disabled={!canWrite}
              onValueChange={(next) => form.set(next === NONE ? null : next)}
              options={[
                { value: NONE, label: "none" },
                ...(list.data ?? []).map((one) => ({ value: one.id, label: nameOf(one) })),
              ]}
            />
          </Field>
          {can("api:write") ? (
            <Button
              pending={make.isPending}
              onClick={() => make.mutate({ description: `For ${stage.name}` })}
            >
              Generate one
            </Button>
          ) : null}
        </div>
        {list.error ? <Notice tone="bad">{failureOf(list.error).message}</Notice> : null}
        {make.error ? <Notice tone="bad">{failureOf(make.error).message}</Notice> : null}
        {chosen ? <CertificateFacts certificate={chosen} onDeleted={() => form.discard()} /> : null}
        <p className="text-muted text-sm">
          {chosen
            ? "Give the back end this certificate as a trusted one: it signs itself. To renew it without an outage, generate another one, let the back end trust both, choose the new one here, then delete the old."
            : "Generate one and give it to the back end as a trusted certificate; then it can refuse everybody but the gateway. The key never leaves Gatehouse."}
        </p>
      </div>
      {canWrite ? <SaveBar form={form} /> : null}
    </Section>
  );
}

const nameOf = ({ id, description }: Certificate) => (description ? `${description} (${id})` : id);

function CertificateFacts({ certificate, onDeleted }: { certificate: Certificate; onDeleted: () => void }) {
  const { id, certificatePem, createdAt, expiresAt, uses } = certificate;
  const trpc = useTRPC();
  const client = useQueryClient();
  const canWrite = useCan()("api:write");
  const [isAsking, setAsking] = useState(false);
  const remove = useMutation(
    trpc.clientCertificate.delete.mutationOptions({
      onSuccess: async () => {
        setAsking(false);
        onDeleted();
        await client.invalidateQueries(trpc.clientCertificate.pathFilter());
      },
    }),
  );
  const isExpired = Date.parse(expiresAt) < Date.now();
  return (
    <dl>
      <Fact name="Made">
        <RelativeTime at={createdAt} />
      </Fact>
      <Fact name="Expires">
        <span className={isExpired ? "text-bad" : undefined}>
          <ExpiryDate at={expiresAt} />
        </span>
      </Fact>
      <Fact name="Certificate">
        <span className="flex items-center gap-1">
          <CopyButton text={certificatePem} label="Copy the certificate" />
          <Button
            size="sm"
            variant="ghost"
            onClick={() => saveFile({ filename: `client-certificate-${id}.pem`, content: certificatePem })}
          >
            Download as PEM
          </Button>
        </span>
      </Fact>
      <Fact name="Shown by">
        {uses.length === 0 ? (
          <span className="flex items-center gap-2 text-muted">
            no stage yet
            {canWrite ? (
              <Button size="sm" variant="ghost" onClick={() => setAsking(true)}>
                Delete…
              </Button>
            ) : null}
          </span>
        ) : (
          uses.map(({ apiName, stageName }) => `${apiName} › ${stageName}`).join(", ")
        )}
      </Fact>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={`Delete the certificate ${id}?`}
        action="Delete the certificate"
        pending={remove.isPending}
        error={remove.error ? failureOf(remove.error).message : null}
        onConfirm={() => remove.mutate({ id })}
      >
        Its key is gone with it. No stage shows it.
      </ConfirmDialog>
    </dl>
  );
}
