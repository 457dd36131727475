"use client";
import { whereUsed } from "@/server/domain/where-used";
import type { Model } from "@/server/gateway/snapshot/api-snapshot";
import { CodeEditor } from "../../code-editor/code-editor";
import { useEditField } from "../../designer/fields/edit-field";
import { TextField } from "../../designer/fields/text-field";
import { useDraft } from "../../designer/store/draft-provider";
import { Button } from "../../ui/button";
import { AddPart } from "./add-part";
import { PartDetail } from "./part-detail";
import { PartList } from "./part-list";
import { useOpenPart } from "./use-open-part";

const starter = (name: string) =>
  JSON.stringify(
    {
      $schema: "http://json-schema.org/draft-04/schema#",
      title: name,
      type: "object",
      properties: { id: { type: "string" } },
      required: ["id"],
    },
    null,
    2,
  );

function Schema({ model, put }: { model: Model; put: (change: Partial<Model>) => unknown }) {
  const { canWrite, dispatch } = useDraft();
  const field = useEditField(model.schema, (schema) =>
    dispatch({ name: "put-model", input: { model: { ...model, schema } } }),
  );
  let formatted: string | null = null;
  try {
    formatted = JSON.stringify(JSON.parse(field.value), null, 2);
  } catch {
    // Half typed: there is nothing to format.
  }
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-baseline justify-between">
        <h4 className="font-medium">Schema</h4>
        {canWrite && formatted !== null && formatted !== field.value ? (
          <Button size="sm" variant="ghost" onClick={() => put({ schema: formatted })}>
            Format
          </Button>
        ) : (
          <span className="text-faint text-sm">JSON Schema, draft 4</span>
        )}
      </div>
      <CodeEditor
        key={model.name}
        language="json"
        label={`Schema of ${model.name}`}
        value={field.value}
        onChange={field.set}
        readOnly={!canWrite}
        className="h-80"
      />
      {field.error ? (
        <p role="alert" className="text-bad text-sm">
          Not saved: {field.error}
        </p>
      ) : null}
    </div>
  );
}

/** The models of the API: JSON Schemas that request bodies are checked against. */
export function ModelsPart() {
  const { definition, dispatch, perform } = useDraft();
  const { item, show } = useOpenPart();
  const model = item === null ? undefined : definition.models[item];
  if (!model)
    return (
      <>
        <AddPart
          label="Add model"
          placeholder="NewPet"
          onAdd={(name) => {
            const refused = dispatch({
              name: "put-model",
              input: { model: { name, schema: starter(name) }, onlyIfNew: true },
            });
            if (!refused) show("models", name);
            return refused;
          }}
        />
        <PartList
          label="Models"
          empty="None. A model describes a body; with a validator, bodies that do not fit are refused."
          rows={Object.values(definition.models).map(({ name, description, contentType }) => {
            const uses = whereUsed(definition, { kind: "model", name }).length;
            return {
              id: name,
              name,
              note: description || contentType,
              aside: (
                <span className="num text-faint text-sm">{uses === 0 ? "not used" : `used ${uses}×`}</span>
              ),
            };
          })}
          onOpen={(name) => show("models", name)}
        />
      </>
    );
  const put = (change: Partial<Model>) =>
    dispatch({ name: "put-model", input: { model: { ...model, ...change } } });
  return (
    <PartDetail
      listLabel="Models"
      name={model.name}
      uses={whereUsed(definition, { kind: "model", name: model.name })}
      removeLabel="Delete the model"
      onBack={() => show("models")}
      onRemove={() => perform({ name: "delete-model", input: { name: model.name } }) && show("models")}
    >
      <TextField
        label="Description"
        value={model.description}
        commit={(description) => put({ description })}
        placeholder="What the body is"
      />
      <TextField
        label="Content type"
        mono
        value={model.contentType}
        commit={(contentType) => put({ contentType })}
      />
      <Schema model={model} put={put} />
    </PartDetail>
  );
}
