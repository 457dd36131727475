"use client";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { failureOf, fieldError, formError } from "../trpc/failure";
import { useTRPC } from "../trpc/trpc";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { ConfirmDialog } from "../ui/overlay/confirm-dialog";
import { FormDialog } from "../ui/overlay/form-dialog";
import { Select } from "../ui/select";
import { Notice } from "../ui/state/notice";
import { Textarea } from "../ui/textarea";
import { type Domain, POLICY_WORDS, type Policy } from "./domain-words";
import { useDomainChange } from "./use-domain-change";

/** What is asked of clients: a TLS version, and a certificate of their own. */
export function DomainClients({ domain, canWrite }: { domain: Domain; canWrite: boolean }) {
  const { domainName, securityPolicy, truststore } = domain;
  const trpc = useTRPC();
  const change = useDomainChange();
  const [isAsking, setAsking] = useState(false);
  const policy = useMutation(trpc.domainName.setSecurityPolicy.mutationOptions(change()));
  const isUnread = truststore !== null && truststore.certificates === 0;
  return (
    <div className="flex flex-col gap-3">
      {policy.error ? <Notice tone="bad">{failureOf(policy.error).message}</Notice> : null}
      <Field
        label="Security policy"
        help={securityPolicy === "TLS_1_0" ? "TLS 1.0 and 1.1 are broken: for old clients only" : undefined}
      >
        <Select
          value={securityPolicy in POLICY_WORDS ? securityPolicy : undefined}
          placeholder={securityPolicy}
          disabled={!canWrite}
          onValueChange={(next) => policy.mutate({ domainName, securityPolicy: next as Policy })}
          options={Object.entries(POLICY_WORDS).map(([value, label]) => ({ value, label }))}
        />
      </Field>
      <div>
        <h4 className="font-medium">Mutual TLS</h4>
        <p className="text-muted">
          {truststore === null
            ? "Off: clients need no certificate."
            : isUnread
              ? `The truststore is only the address ${truststore.uri}, which is not read here: nobody can connect.`
              : `Clients show a certificate that ${truststore.certificates === 1 ? "the one" : `one of the ${truststore.certificates}`} in the truststore vouches for; the name is not served without TLS.`}
        </p>
        {canWrite ? (
          <div className="mt-2 flex gap-2">
            <Button size="sm" onClick={() => setAsking(true)}>
              {truststore ? "Replace the truststore…" : "Ask for certificates…"}
            </Button>
            {truststore ? <TurnOff domainName={domainName} /> : null}
          </div>
        ) : null}
      </div>
      {isAsking ? <TruststoreDialog domainName={domainName} onClose={() => setAsking(false)} /> : null}
    </div>
  );
}

/** Ends mutual TLS, after asking. */
function TurnOff({ domainName }: { domainName: string }) {
  const trpc = useTRPC();
  const change = useDomainChange();
  const [isAsking, setAsking] = useState(false);
  const remove = useMutation(
    trpc.domainName.removeTruststore.mutationOptions(change(() => setAsking(false))),
  );
  const ask = () => {
    remove.reset();
    setAsking(true);
  };
  return (
    <>
      <Button size="sm" variant="ghost" onClick={ask}>
        Turn off…
      </Button>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={`Turn off mutual TLS of ${domainName}?`}
        action="Turn off mutual TLS"
        pending={remove.isPending}
        typeToConfirm={domainName}
        error={remove.error ? failureOf(remove.error).message : null}
        onConfirm={() => remove.mutate({ domainName })}
      >
        Anybody can connect then, without a certificate. The truststore goes with it and cannot be restored.
      </ConfirmDialog>
    </>
  );
}

function TruststoreDialog({ domainName, onClose }: { domainName: string; onClose: () => void }) {
  const trpc = useTRPC();
  const change = useDomainChange();
  const [truststorePem, setPem] = useState("");
  const set = useMutation(trpc.domainName.setTruststore.mutationOptions(change(onClose)));
  return (
    <FormDialog
      title={`Truststore of ${domainName}`}
      description="Clients without a certificate that one of these issued are refused from their next connection on."
      width="md"
      action="Ask for certificates"
      onSubmit={() => set.mutate({ domainName, truststorePem })}
      onClose={onClose}
      pending={set.isPending}
      blocked={truststorePem.trim() ? false : "Paste a certificate first"}
      problem={formError(set.error, ["truststorePem"])}
    >
      <Field
        label="Certificates of the authorities"
        required
        help="PEM, one below the other"
        error={fieldError(set.error, "truststorePem")}
      >
        <Textarea
          mono
          rows={8}
          autoFocus
          spellCheck={false}
          value={truststorePem}
          placeholder="-----BEGIN CERTIFICATE-----"
          onChange={(event) => setPem(event.target.value)}
        />
      </Field>
    </FormDialog>
  );
}
