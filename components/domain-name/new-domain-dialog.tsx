"use client";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { fieldError, formError } from "../trpc/failure";
import { useTRPC } from "../trpc/trpc";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { FormDialog } from "../ui/overlay/form-dialog";
import { Segmented } from "../ui/segmented";
import { NO_PARTS, PART_NAMES, PemFields } from "./pem-fields";
import { useDomainChange } from "./use-domain-change";

export function NewDomainDialog({ onClose }: { onClose: (domainName?: string) => void }) {
  const trpc = useTRPC();
  const change = useDomainChange();
  const [name, setName] = useState("");
  const [kind, setKind] = useState<"own" | "self-signed">("self-signed");
  const [parts, setParts] = useState(NO_PARTS);
  const domainName = name.trim().toLowerCase();
  const create = useMutation(trpc.domainName.create.mutationOptions(change(() => onClose(domainName))));
  const isMissing = kind === "own" && (!parts.certificatePem.trim() || !parts.privateKeyPem.trim());
  return (
    <FormDialog
      title="New domain name"
      description="Clients reach your stages under a name of your own."
      width="md"
      action="Create domain name"
      onSubmit={() => create.mutate({ domainName, certificate: kind === "own" ? parts : null })}
      onClose={() => onClose()}
      pending={create.isPending}
      blocked={domainName ? (isMissing ? "Paste the certificate and its key first" : false) : "Name it first"}
      problem={formError(create.error, ["domainName", ...PART_NAMES])}
    >
      <Field
        label="Domain name"
        required
        help="A star may stand for its first part: *.example.com"
        error={fieldError(create.error, "domainName")}
      >
        <Input
          autoFocus
          mono
          value={name}
          onChange={(event) => setName(event.target.value)}
          placeholder="api.example.com"
        />
      </Field>
      <Field
        label="Certificate"
        help={
          kind === "own"
            ? "From your certificate authority, in PEM"
            : "Made now, to try the name out with: clients have to be told to trust it"
        }
      >
        <Segmented
          label="Certificate"
          value={kind}
          onValueChange={(next) => setKind(next as typeof kind)}
          options={[
            { value: "self-signed", label: "Self-signed" },
            { value: "own", label: "My own" },
          ]}
        />
      </Field>
      {kind === "own" ? <PemFields parts={parts} onChange={setParts} error={create.error} /> : null}
    </FormDialog>
  );
}
