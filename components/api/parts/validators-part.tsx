"use client";
import { Plus, Trash2 } from "lucide-react";
import { whereUsed } from "@/server/domain/where-used";
import type { RequestValidator } from "@/server/gateway/snapshot/api-snapshot";
import { SwitchField } from "../../designer/fields/choice-field";
import { TextField } from "../../designer/fields/text-field";
import { useDraft } from "../../designer/store/draft-provider";
import { newId } from "../../designer/store/new-id";
import { Button } from "../../ui/button";
import { IconButton } from "../../ui/icon-button";

const PRESETS = [
  { name: "Validate body", validateRequestBody: true, validateRequestParameters: false },
  { name: "Validate parameters", validateRequestBody: false, validateRequestParameters: true },
  { name: "Validate body and parameters", validateRequestBody: true, validateRequestParameters: true },
];

function Validator({ validator }: { validator: RequestValidator }) {
  const { definition, dispatch, perform, canWrite } = useDraft();
  const uses = whereUsed(definition, { kind: "requestValidator", id: validator.id });
  const put = (change: Partial<RequestValidator>) =>
    dispatch({ name: "put-request-validator", input: { requestValidator: { ...validator, ...change } } });
  return (
    <li className="flex flex-col gap-2 border-line border-b px-3.5 py-3">
      <TextField label="Name" value={validator.name} commit={(name) => put({ name })} />
      <SwitchField
        label="Body"
        value={validator.validateRequestBody}
        commit={(validateRequestBody) => put({ validateRequestBody })}
        help="Refuses bodies that do not fit the method's model with 400"
      />
      <SwitchField
        label="Parameters"
        value={validator.validateRequestParameters}
        commit={(validateRequestParameters) => put({ validateRequestParameters })}
        help="Refuses calls without a required parameter with 400"
      />
      <div className="flex min-h-6 items-center justify-between gap-2 text-muted text-sm">
        <span className="truncate">{uses.length === 0 ? "Not used" : uses.join(", ")}</span>
        {canWrite ? (
          <IconButton
            size="sm"
            label={uses.length > 0 ? "Used: take it off its methods first" : `Delete ${validator.name}`}
            disabled={uses.length > 0}
            onClick={() => perform({ name: "delete-request-validator", input: { id: validator.id } })}
          >
            <Trash2 />
          </IconButton>
        ) : null}
      </div>
    </li>
  );
}

/** The request validators: what is checked before the integration is called. */
export function ValidatorsPart() {
  const { definition, perform, canWrite } = useDraft();
  const validators = Object.values(definition.requestValidators);
  const missing = PRESETS.filter((preset) => !validators.some((one) => one.name === preset.name));
  return (
    <>
      {canWrite && missing.length > 0 ? (
        <div className="flex flex-wrap gap-1.5 px-3.5 py-2.5">
          {missing.map((preset) => (
            <Button
              key={preset.name}
              size="sm"
              onClick={() =>
                perform({
                  name: "put-request-validator",
                  input: { requestValidator: { id: newId(), ...preset } },
                })
              }
            >
              <Plus /> {preset.name}
            </Button>
          ))}
        </div>
      ) : null}
      {validators.length === 0 ? (
        <p className="px-3.5 py-1 text-muted">
          None. A validator is chosen in a method request and checks each call before the back end sees it.
        </p>
      ) : null}
      <ul aria-label="Request validators">
        {validators.map((validator) => (
          <Validator key={validator.id} validator={validator} />
        ))}
      </ul>
    </>
  );
}
