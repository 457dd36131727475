"use client";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "sonner";
import { failureOf, formError } from "../trpc/failure";
import { useTRPC } from "../trpc/trpc";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { CopyButton } from "../ui/copy-button";
import { ConfirmDialog } from "../ui/overlay/confirm-dialog";
import { FormDialog } from "../ui/overlay/form-dialog";
import { ExpiryDate } from "../ui/relative-time";
import { Fact } from "../ui/section";
import { Notice } from "../ui/state/notice";
import { certificateState, type Domain } from "./domain-words";
import { NO_PARTS, PART_NAMES, PemFields } from "./pem-fields";
import { useDomainChange } from "./use-domain-change";

/** What a domain name shows to clients, and how to replace it. */
export function DomainCertificate({ domain, canWrite }: { domain: Domain; canWrite: boolean }) {
  const { domainName, certificate } = domain;
  const trpc = useTRPC();
  const change = useDomainChange();
  const [isReplacing, setReplacing] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const renew = useMutation(
    trpc.domainName.renewSelfSigned.mutationOptions(
      change(() => {
        setAsking(false);
        toast("A new certificate is shown");
      }),
    ),
  );
  // Also one that signs itself is lost for clients that were told to trust it.
  const makeSelfSigned = () => {
    renew.reset();
    if (certificate) setAsking(true);
    else renew.mutate({ domainName });
  };
  const problem = renew.error ? failureOf(renew.error).message : null;
  const state = certificateState(domain, new Date());
  return (
    <div className="flex flex-col gap-2.5">
      {certificate ? (
        <dl>
          <Fact name="State">
            <Badge tone={state.tone}>{state.text}</Badge>
          </Fact>
          <Fact name="Subject">
            <span className="mono break-all">{certificate.subject}</span>
          </Fact>
          <Fact name="Issued by">
            {certificate.isSelfSigned ? (
              "itself"
            ) : (
              <span className="mono break-all">{certificate.issuer}</span>
            )}
          </Fact>
          <Fact name="Expires">
            <ExpiryDate at={certificate.expiresAt} />
          </Fact>
          <Fact name="PEM">
            <CopyButton text={certificate.certificatePem} label="Copy the certificate" />
          </Fact>
        </dl>
      ) : (
        <p className="text-muted">
          The gateway shows its own certificate, which no client trusts. One that is only named by an ARN is
          not here.
        </p>
      )}
      {state.text === "for another name" ? (
        <Notice tone="bad">
          It is not made for {domainName}: clients that check names refuse it. Replace it by one whose subject
          alternative names hold {domainName}.
        </Notice>
      ) : null}
      {problem && !certificate ? <Notice tone="bad">{problem}</Notice> : null}
      {canWrite ? (
        <div className="flex flex-wrap gap-2">
          <Button size="sm" onClick={() => setReplacing(true)}>
            Replace…
          </Button>
          <Button size="sm" variant="ghost" pending={renew.isPending} onClick={makeSelfSigned}>
            {certificate ? "Make a self-signed one…" : "Make a self-signed one"}
          </Button>
        </div>
      ) : null}
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={`Replace the certificate of ${domainName} by a self-signed one?`}
        action="Replace the certificate"
        pending={renew.isPending}
        error={problem}
        onConfirm={() => renew.mutate({ domainName })}
      >
        No client trusts the new one until it is told to, not even one that trusts the present certificate.
        The present one and its key cannot be restored.
      </ConfirmDialog>
      {isReplacing ? <ReplaceDialog domainName={domainName} onClose={() => setReplacing(false)} /> : null}
    </div>
  );
}

function ReplaceDialog({ domainName, onClose }: { domainName: string; onClose: () => void }) {
  const trpc = useTRPC();
  const change = useDomainChange();
  const [parts, setParts] = useState(NO_PARTS);
  const set = useMutation(trpc.domainName.setCertificate.mutationOptions(change(onClose)));
  const isMissing = !parts.certificatePem.trim() || !parts.privateKeyPem.trim();
  return (
    <FormDialog
      title={`Replace the certificate of ${domainName}`}
      description="Shown from the next connection on; open ones keep the old."
      width="md"
      action="Replace"
      onSubmit={() => set.mutate({ domainName, ...parts })}
      onClose={onClose}
      pending={set.isPending}
      blocked={isMissing ? "Paste the certificate and its key first" : false}
      problem={formError(set.error, PART_NAMES)}
    >
      <PemFields parts={parts} onChange={setParts} error={set.error} />
    </FormDialog>
  );
}
