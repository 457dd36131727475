"use client";
import { fieldError } from "../trpc/failure";
import { Field } from "../ui/field";
import { Textarea } from "../ui/textarea";

export type CertificateParts = { certificatePem: string; chainPem: string; privateKeyPem: string };
export const NO_PARTS: CertificateParts = { certificatePem: "", chainPem: "", privateKeyPem: "" };
export const PART_NAMES = ["certificatePem", "chainPem", "privateKeyPem"] as const;

/** What a certificate consists of, as PEM. */
export function PemFields({
  parts,
  onChange,
  error,
}: {
  parts: CertificateParts;
  onChange: (parts: CertificateParts) => void;
  error: unknown;
}) {
  const area = (name: keyof CertificateParts, placeholder: string) => (
    <Textarea
      mono
      rows={3}
      spellCheck={false}
      value={parts[name]}
      placeholder={placeholder}
      onChange={(event) => onChange({ ...parts, [name]: event.target.value })}
    />
  );
  return (
    <>
      <Field label="Certificate" required error={fieldError(error, "certificatePem")}>
        {area("certificatePem", "-----BEGIN CERTIFICATE-----")}
      </Field>
      <Field
        label="Chain"
        aside="optional"
        help="The authorities between the certificate and its root, in order"
        error={fieldError(error, "chainPem")}
      >
        {area("chainPem", "-----BEGIN CERTIFICATE-----")}
      </Field>
      <Field
        label="Private key"
        required
        help="Without a passphrase. It is kept encrypted and never shown again."
        error={fieldError(error, "privateKeyPem")}
      >
        {area("privateKeyPem", "-----BEGIN PRIVATE KEY-----")}
      </Field>
    </>
  );
}
