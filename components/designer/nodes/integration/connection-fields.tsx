"use client";
import { useState } from "react";
import type { EditError } from "@/server/domain/errors";
import type { Integration } from "@/server/gateway/snapshot/integration";
import { Notice } from "../../../ui/state/notice";
import { ChoiceField } from "../../fields/choice-field";
import { TextField } from "../../fields/text-field";
import { type ConnectionChanges, linkChanges } from "./link-changes";

/**
 * How an HTTP back end is reached. AWS takes the type VPC_LINK only together with a link's id, so the choice waits in the
 * form until there is one.
 */
export function ConnectionFields({
  integration,
  change,
}: {
  integration: Integration;
  change: (changes: ConnectionChanges) => EditError | null;
}) {
  const [isWaiting, setWaiting] = useState(false);
  const isLinked = integration.connectionType === "VPC_LINK";
  const isShown = isLinked || isWaiting;
  const choose = (type: string) => {
    if (type === "INTERNET") {
      setWaiting(false);
      return isLinked ? change({ connectionType: "INTERNET", connectionId: null }) : null;
    }
    setWaiting(!isLinked);
    return null;
  };
  return (
    <>
      <ChoiceField
        label="Connection"
        value={isShown ? "VPC_LINK" : "INTERNET"}
        options={[
          { value: "INTERNET", label: "Direct" },
          { value: "VPC_LINK", label: "VPC link", hint: "private network" },
        ]}
        commit={choose}
      />
      {isShown ? (
        <>
          <TextField
            label="VPC link"
            mono
            value={integration.connectionId ?? ""}
            commit={(text) => {
              const refused = change(linkChanges(text));
              if (!refused) setWaiting(false);
              return refused;
            }}
            placeholder="vpclink-id"
            help={
              isWaiting
                ? "Direct until it has an id or ${stageVariables.name}"
                : "An id or ${stageVariables.name}"
            }
          />
          <TextField
            wide
            label="Load balancer"
            mono
            value={integration.integrationTarget ?? ""}
            commit={(text) => change({ integrationTarget: text.trim() || null })}
            placeholder="arn:aws:elasticloadbalancing:…"
            help="Links of the second version: the ARN behind the link"
          />
          <Notice tone="warn">
            Kept and exported. This gateway reaches private addresses by itself and answers 500 for a VPC
            link.
          </Notice>
        </>
      ) : null}
    </>
  );
}
