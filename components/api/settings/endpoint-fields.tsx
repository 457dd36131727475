"use client";
import { Field } from "../../ui/field";
import { Select } from "../../ui/select";
import { Switch } from "../../ui/switch";
import { Textarea } from "../../ui/textarea";
import { StoredOnly } from "../stored-only";
import { type EndpointType, type SettingsForm, withEndpointType } from "./settings-form";
import type { SettingsFieldsProps } from "./settings-section";

const TYPES: { value: EndpointType; label: string; hint: string }[] = [
  { value: "REGIONAL", label: "Regional", hint: "one address" },
  { value: "EDGE", label: "Edge-optimised", hint: "behind CloudFront" },
  { value: "PRIVATE", label: "Private", hint: "inside a VPC" },
];

const HELP: Record<EndpointType, string> = {
  REGIONAL: "How this gateway serves every API",
  EDGE: "The gateway serves it as Regional: there is no CloudFront before it, and none of its headers",
  PRIVATE: "The gateway serves it as Regional. To keep strangers out here, write a resource policy.",
};

/** The way in: the API's own address, and what AWS would put before it. */
export function EndpointFields({ form, set, faults, readOnly }: SettingsFieldsProps) {
  const isPrivate = form.endpointType === "PRIVATE";
  return (
    <>
      <Field
        layout="row"
        label="Default endpoint off"
        help="Refuses calls to the API's own address with 403; only for APIs with a domain name before them"
      >
        <Switch
          checked={form.disableExecuteApiEndpoint}
          disabled={readOnly}
          onCheckedChange={(disableExecuteApiEndpoint) => set({ disableExecuteApiEndpoint })}
        />
      </Field>
      <Field
        layout="row"
        label="Endpoint type"
        error={faults.endpointConfiguration}
        help={
          <>
            {form.endpointType === "REGIONAL" ? null : <StoredOnly />} {HELP[form.endpointType]}
          </>
        }
      >
        <Select
          className="max-w-72"
          value={form.endpointType}
          disabled={readOnly}
          onValueChange={(type) => set(withEndpointType(form, type as EndpointType))}
          options={TYPES}
        />
      </Field>
      <Field
        layout="row"
        label="Addresses"
        help={
          <>
            <StoredOnly />{" "}
            {isPrivate ? "Private APIs have both kinds" : "The gateway listens where it is told to"}
          </>
        }
      >
        <Select
          className="max-w-72"
          value={form.ipAddressType}
          disabled={readOnly || isPrivate}
          onValueChange={(type) => set({ ipAddressType: type as SettingsForm["ipAddressType"] })}
          options={[
            { value: "ipv4", label: "IPv4" },
            { value: "dualstack", label: "IPv4 and IPv6", hint: "dualstack" },
          ]}
        />
      </Field>
      {isPrivate ? (
        <Field
          layout="row"
          label="VPC endpoints"
          help={
            <>
              <StoredOnly /> Ids of the interface endpoints, one a line
            </>
          }
        >
          <Textarea
            mono
            rows={2}
            value={form.vpcEndpointIds}
            readOnly={readOnly}
            placeholder="vpce-0123456789abcdef0"
            onChange={(event) => set({ vpcEndpointIds: event.target.value })}
          />
        </Field>
      ) : null}
    </>
  );
}
