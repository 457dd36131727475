"use client";
import type { EditInput } from "@/server/domain/edits/index";
import { ChoiceField, SwitchField } from "../../fields/choice-field";
import { MapEditor } from "../../fields/map-editor";
import { ParameterList } from "../../fields/parameter-list";
import { TextField } from "../../fields/text-field";
import { useDraft } from "../../store/draft-provider";
import type { InspectorProps } from "../inspector-props";
import { InspectorSection } from "../inspector-section";

const NO_VALIDATOR = "none";

function useAuthorizationChoices() {
  const { definition } = useDraft();
  return [
    { value: "NONE", label: "None", hint: "open" },
    { value: "AWS_IAM", label: "AWS IAM", hint: "signed requests" },
    ...Object.values(definition.authorizers).map((authorizer) => ({
      value: authorizer.id,
      label: authorizer.name,
      hint: authorizer.type === "COGNITO_USER_POOLS" ? "Cognito" : "Lambda",
    })),
  ];
}

/** What a client must bring: who it is, a key, parameters, a body. */
export function MethodRequestInspector({ methodKey, method }: InspectorProps) {
  const { definition, dispatch } = useDraft();
  const choices = useAuthorizationChoices();
  const change = (changes: EditInput<"update-method">["changes"]) =>
    dispatch({ name: "update-method", input: { ...methodKey, changes } });
  const authorize = (choice: string) => {
    const authorizer = definition.authorizers[choice];
    if (!authorizer) {
      const authorizationType = choice as "NONE" | "AWS_IAM";
      return change({ authorizationType, authorizerId: null, authorizationScopes: [] });
    }
    const authorizationType = authorizer.type === "COGNITO_USER_POOLS" ? "COGNITO_USER_POOLS" : "CUSTOM";
    return change({ authorizationType, authorizerId: authorizer.id });
  };
  const validators = Object.values(definition.requestValidators);
  return (
    <>
      <InspectorSection title="Access">
        <ChoiceField
          label="Authorization"
          value={method.authorizerId ?? method.authorizationType}
          options={choices}
          commit={authorize}
        />
        {method.authorizationType === "COGNITO_USER_POOLS" ? (
          <TextField
            label="Scopes"
            mono
            value={method.authorizationScopes.join(" ")}
            commit={(text) => change({ authorizationScopes: text.split(/[\s,]+/).filter(Boolean) })}
            placeholder="pets/read pets/write"
            help="An access token with one of them is asked for; without any, an identity token"
          />
        ) : null}
        <SwitchField
          label="API key required"
          value={method.apiKeyRequired}
          commit={(apiKeyRequired) => change({ apiKeyRequired })}
          help="A usage plan then limits and counts each key"
        />
        <ChoiceField
          label="Validation"
          value={method.requestValidatorId ?? NO_VALIDATOR}
          options={[
            { value: NO_VALIDATOR, label: "None" },
            ...validators.map((validator) => ({
              value: validator.id,
              label: validator.name || validator.id,
            })),
          ]}
          commit={(id) => change({ requestValidatorId: id === NO_VALIDATOR ? null : id })}
          help={validators.length === 0 ? "Validators are made in the API's settings" : undefined}
        />
        <TextField
          label="Operation name"
          value={method.operationName}
          commit={(operationName) => change({ operationName })}
          placeholder="listPets"
        />
      </InspectorSection>
      <InspectorSection title="Parameters">
        <ParameterList
          label="Request parameters"
          prefix="method.request"
          flags={method.requestParameters}
          commit={(requestParameters) => change({ requestParameters })}
          empty="None declared. A parameter must be declared before it can be mapped."
          addLabel="Add parameter"
        />
      </InspectorSection>
      <InspectorSection title="Body models">
        <MapEditor
          label="Request models"
          entries={method.requestModels}
          commit={(requestModels) => change({ requestModels })}
          nameLabel="Content type"
          valueLabel="Model"
          namePlaceholder="application/json"
          nameSuggestions={["application/json", "$default"]}
          valueSuggestions={Object.keys(definition.models)}
          empty="None: any body is let through."
          addLabel="Add model"
        />
      </InspectorSection>
    </>
  );
}
