"use client";
import { Boxes } from "lucide-react";
import type { ComponentType } from "react";
import { useDraft } from "../../designer/store/draft-provider";
import { Button } from "../../ui/button";
import { Drawer } from "../../ui/overlay/drawer";
import { TabPanel, Tabs } from "../../ui/tabs";
import { AuthorizersPart } from "./authorizers-part";
import { DocumentationPart } from "./documentation-part";
import { GatewayResponsesPart } from "./gateway-responses-part";
import { ModelsPart } from "./models-part";
import { PayloadsPart } from "./payloads-part";
import { PART_KINDS, type PartKind, useOpenPart } from "./use-open-part";
import { ValidatorsPart } from "./validators-part";

const PARTS: Record<PartKind, { label: string; View: ComponentType }> = {
  models: { label: "Models", View: ModelsPart },
  validators: { label: "Validators", View: ValidatorsPart },
  authorizers: { label: "Authorizers", View: AuthorizersPart },
  "gateway-responses": { label: "Gateway responses", View: GatewayResponsesPart },
  documentation: { label: "Documentation", View: DocumentationPart },
  payloads: { label: "Payloads", View: PayloadsPart },
};

function useCounts(): Partial<Record<PartKind, number>> {
  const { definition } = useDraft();
  const count = (record: object) => Object.keys(record).length;
  return {
    models: count(definition.models),
    validators: count(definition.requestValidators),
    authorizers: count(definition.authorizers),
    "gateway-responses": count(definition.gatewayResponses),
    documentation: definition.documentationParts.length,
  };
}

/** Escape in a field or an editor is for that field (a list of suggestions, say), not for the drawer. */
const isTyping = () => document.activeElement?.closest("input,textarea,.monaco-editor") != null;

/** The drawer with what all methods share. Open while the URL has `?parts=…`; needs a DraftProvider. */
export function ApiPartsDrawer() {
  const { kind, show, close } = useOpenPart();
  const counts = useCounts();
  return (
    <Drawer
      open={kind !== null}
      onOpenChange={(isOpen) => !isOpen && !isTyping() && close()}
      title="Shared by all methods"
      width="lg"
    >
      {kind === null ? null : (
        <Tabs
          value={kind}
          onValueChange={(next) => show(next as PartKind)}
          label="Shared by all methods"
          items={PART_KINDS.map((value) => ({ value, label: PARTS[value].label, count: counts[value] }))}
          className="h-full"
        >
          {PART_KINDS.map((value) => {
            const { View } = PARTS[value];
            return (
              <TabPanel key={value} value={value} className="overflow-y-auto pb-6">
                <View />
              </TabPanel>
            );
          })}
        </Tabs>
      )}
    </Drawer>
  );
}

/** Opens and closes the drawer; for the header of a screen that has it. */
export function ApiPartsButton() {
  const { kind, show, close } = useOpenPart();
  return (
    <Button
      aria-expanded={kind !== null}
      variant="ghost"
      className="max-sm:px-1.5"
      onClick={() => (kind ? close() : show("models"))}
    >
      <Boxes /> <span className="max-sm:sr-only">Models and more</span>
    </Button>
  );
}
