"use client";
import { Plus } from "lucide-react";
import { useState } from "react";
import { locationKey, locationLabel } from "@/server/domain/documentation/part-location";
import { partProperties } from "@/server/domain/documentation/part-properties";
import type { EditError } from "@/server/domain/errors";
import type { DocumentationPart as Part } from "@/server/gateway/snapshot/api-snapshot";
import { useEditField } from "../../designer/fields/edit-field";
import { useDraft } from "../../designer/store/draft-provider";
import { Button } from "../../ui/button";
import { Field } from "../../ui/field";
import { Textarea } from "../../ui/textarea";
import { NewDocumentationPart } from "./new-documentation-part";
import { PartDetail } from "./part-detail";
import { PartList } from "./part-list";
import { useOpenPart } from "./use-open-part";

/** What a row says of a part: its description or summary, else which words it has. */
function noteOf({ properties }: Part): string {
  const said = partProperties(properties) ?? {};
  const text = said.description ?? said.summary ?? said.title;
  return typeof text === "string" && text !== "" ? text : Object.keys(said).join(", ");
}

function Properties({ part, put }: { part: Part; put: (properties: string) => EditError | null }) {
  const { canWrite } = useDraft();
  const field = useEditField(part.properties, put);
  return (
    <Field
      label="Properties"
      error={field.error}
      help="A JSON object: description, summary, tags … Exports write the words OpenAPI has, and those that begin with x-"
    >
      <Textarea
        mono
        rows={12}
        readOnly={!canWrite}
        value={field.value}
        onChange={(event) => field.set(event.target.value)}
      />
    </Field>
  );
}

/** The documentation parts: what exports say of the API, its methods, parameters, responses and models. */
export function DocumentationPart() {
  const { definition, dispatch, perform, canWrite } = useDraft();
  const { item, show } = useOpenPart();
  const [isAdding, setAdding] = useState(false);
  const part = definition.documentationParts.find(({ id }) => id === item);
  if (part)
    return (
      <PartDetail
        listLabel="Documentation"
        name={locationLabel(part.location)}
        uses={null}
        removeLabel="Delete the documentation"
        onBack={() => show("documentation")}
        onRemove={() =>
          perform({ name: "delete-documentation-part", input: { id: part.id } }) && show("documentation")
        }
      >
        <Properties
          key={part.id}
          part={part}
          put={(properties) =>
            dispatch({ name: "put-documentation-part", input: { part: { ...part, properties } } })
          }
        />
      </PartDetail>
    );
  const sorted = [...definition.documentationParts].sort((a, b) =>
    locationKey(a.location) < locationKey(b.location) ? -1 : 1,
  );
  return (
    <>
      {isAdding ? (
        <NewDocumentationPart
          onDone={(id) => {
            setAdding(false);
            if (id) show("documentation", id);
          }}
        />
      ) : canWrite ? (
        <Button size="sm" className="mx-3.5 my-2.5" onClick={() => setAdding(true)}>
          <Plus /> Add documentation
        </Button>
      ) : null}
      <PartList
        label="Documentation"
        empty="None. A part for a path holds for all below it that have none of their own."
        rows={sorted.map((one) => ({ id: one.id, name: locationLabel(one.location), note: noteOf(one) }))}
        onOpen={(id) => show("documentation", id)}
      />
    </>
  );
}
