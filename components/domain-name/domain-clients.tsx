"use client";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { failureOf, fieldError, formError } from "../trpc/failure";
import { type Inputs, useTRPC } from "../trpc/trpc";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { FormDialog } from "../ui/overlay/form-dialog";
import { Select } from "../ui/select";
import { Notice } from "../ui/state/notice";
import { Textarea } from "../ui/textarea";
import { type Domain, POLICY_WORDS } from "./domain-words";
import { useDomainChange } from "./use-domain-change";

type Policy = Inputs["domainName"]["setSecurityPolicy"]["securityPolicy"];

/** What is asked of clients: a TLS version, and a certificate of their own. */
export function DomainClients({ domain, canWrite }: { domain: Domain; canWrite: boolean }) {
  const { domainName, securityPolicy, truststore } = domain;
  const trpc = useTRPC();
  const change = useDomainChange();
  const [isAsking, setAsking] = useState(false);
  const policy = useMutation(trpc.domainName.setSecurityPolicy.mutationOptions(change()));
  const remove = useMutation(trpc.domainName.removeTruststore.mutationOptions(change()));
  const problem = policy.error ?? remove.error;
  const isUnread = truststore !== null && truststore.certificates === 0;
  return (
    <div className="flex flex-col gap-3">
      {problem ? <Notice tone="bad">{failureOf(problem).message}</Notice> : null}
      <Field
        label="Lowest version"
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
              : `Clients show a certificate that one of ${truststore.certificates} in the truststore vouches for; the name is not served without TLS.`}
        </p>
        {canWrite ? (
          <div className="mt-2 flex gap-2">
            <Button size="sm" onClick={() => setAsking(true)}>
              {truststore ? "Replace the truststore…" : "Ask for certificates…"}
            </Button>
            {truststore ? (
              <Button
                size="sm"
                variant="ghost"
                pending={remove.isPending}
                onClick={() => remove.mutate({ domainName })}
              >
                Turn off
              </Button>
            ) : null}
          </div>
        ) : null}
      </div>
      {isAsking ? <TruststoreDialog domainName={domainName} onClose={() => setAsking(false)} /> : null}
    </div>
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
