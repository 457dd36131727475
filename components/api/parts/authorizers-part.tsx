"use client";
import { Plus } from "lucide-react";
import { useState } from "react";
import { EditError } from "@/server/domain/errors";
import { whereUsed } from "@/server/domain/where-used";
import type { Authorizer } from "@/server/gateway/snapshot/api-snapshot";
import { StoredOnly } from "../../api/stored-only";
import { useEditField } from "../../designer/fields/edit-field";
import { TextField } from "../../designer/fields/text-field";
import { useDraft } from "../../designer/store/draft-provider";
import { newId } from "../../designer/store/new-id";
import { Button } from "../../ui/button";
import { Field } from "../../ui/field";
import { Input } from "../../ui/input";
import { NumberInput } from "../../ui/number-input";
import { Select } from "../../ui/select";
import { AuthorizerTester } from "./authorizer-tester";
import { PartDetail } from "./part-detail";
import { PartList } from "./part-list";
import { useOpenPart } from "./use-open-part";

const TYPES: { value: Authorizer["type"]; label: string; hint: string }[] = [
  { value: "TOKEN", label: "Lambda, token", hint: "reads one header" },
  { value: "REQUEST", label: "Lambda, request", hint: "reads the whole request" },
  { value: "COGNITO_USER_POOLS", label: "Cognito user pools", hint: "checks a JWT" },
];
const FUNCTION_HELP = "arn:aws:apigateway:REGION:lambda:path/2015-03-31/functions/FUNCTION-ARN/invocations";
const typeLabel = (type: Authorizer["type"]) => TYPES.find((one) => one.value === type)?.label ?? type;
const commaList = (text: string) =>
  text
    .split(",")
    .map((one) => one.trim())
    .filter(Boolean);

function Ttl({
  authorizer,
  put,
}: {
  authorizer: Authorizer;
  put: (change: Partial<Authorizer>) => EditError | null;
}) {
  const { canWrite } = useDraft();
  const field = useEditField<number | null>(authorizer.authorizerResultTtlInSeconds, (seconds) =>
    put({ authorizerResultTtlInSeconds: seconds }),
  );
  return (
    <Field
      layout="row"
      label="Remember for"
      error={field.error}
      help="How long a verdict is reused for the same identity; 0 asks each time, 3600 at most; empty is 300"
    >
      <NumberInput value={field.value} onValueChange={field.set} unit="s" readOnly={!canWrite} />
    </Field>
  );
}

function Fields({
  authorizer,
  put,
}: {
  authorizer: Authorizer;
  put: (change: Partial<Authorizer>) => EditError | null;
}) {
  const isCognito = authorizer.type === "COGNITO_USER_POOLS";
  return (
    <div className="flex flex-col gap-2.5">
      <TextField label="Name" value={authorizer.name} commit={(name) => put({ name })} />
      <Field layout="row" label="Type">
        <p className="pt-1">{typeLabel(authorizer.type)}</p>
      </Field>
      {isCognito ? (
        <TextField
          wide
          label="User pools"
          mono
          value={authorizer.providerARNs.join(", ")}
          commit={(text) => put({ providerARNs: commaList(text) })}
          help="ARNs, or addresses of OpenID Connect issuers, with commas between them"
        />
      ) : (
        <>
          <TextField
            wide
            label="Function"
            mono
            value={authorizer.authorizerUri ?? ""}
            commit={(text) => put({ authorizerUri: text || null })}
            placeholder="arn:aws:apigateway:…/invocations"
            help={FUNCTION_HELP}
          />
          <TextField
            wide
            label="Credentials"
            mono
            value={authorizer.authorizerCredentials ?? ""}
            commit={(text) => put({ authorizerCredentials: text || null })}
            placeholder="arn:aws:iam::…:role/…"
            help={
              <>
                <StoredOnly /> The role AWS takes on to call the function
              </>
            }
          />
        </>
      )}
      <TextField
        wide
        label="Identity source"
        mono
        value={authorizer.identitySource ?? ""}
        commit={(text) => put({ identitySource: text || null })}
        placeholder="method.request.header.Authorization"
        help={
          authorizer.type === "REQUEST"
            ? "Headers, query parameters, stage variables or context, with commas between them; a call without one is refused with 401"
            : "The header the token is in"
        }
      />
      {authorizer.type === "REQUEST" ? null : (
        <TextField
          label="Token must match"
          mono
          value={authorizer.identityValidationExpression ?? ""}
          commit={(text) => put({ identityValidationExpression: text || null })}
          placeholder="^Bearer .+"
          help="A regular expression; other tokens are refused with 401 without asking"
        />
      )}
      <Ttl authorizer={authorizer} put={put} />
    </div>
  );
}

/** A new authorizer cannot be half: its name and what it asks are needed before it is part of the draft. */
function NewAuthorizer({ onDone }: { onDone: (id: string | null) => void }) {
  const { dispatch } = useDraft();
  const [type, setType] = useState<Authorizer["type"]>("TOKEN");
  const [name, setName] = useState("");
  const [target, setTarget] = useState("");
  const [error, setError] = useState<EditError | null>(null);
  const isCognito = type === "COGNITO_USER_POOLS";
  const errorAt = (...fields: string[]) =>
    error && fields.includes(String(error.path.at(-1))) ? error.message : undefined;
  const submit = () => {
    if (name.trim() === "") return setError(new EditError("VALIDATION", "Give it a name first", ["name"]));
    const id = newId();
    const refused = dispatch({
      name: "put-authorizer",
      input: {
        authorizer: {
          id,
          name,
          type,
          identitySource: "method.request.header.Authorization",
          ...(isCognito ? { providerARNs: commaList(target) } : { authorizerUri: target.trim() || null }),
        },
      },
    });
    setError(refused);
    if (!refused) onDone(id);
  };
  return (
    <form
      aria-label="New authorizer"
      className="flex flex-col gap-2.5 border-line border-b bg-sunken px-3.5 py-3"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Field layout="row" label="Type">
        <Select value={type} onValueChange={(next) => setType(next as Authorizer["type"])} options={TYPES} />
      </Field>
      <Field layout="row" label="Name" error={errorAt("name")}>
        <Input autoFocus value={name} placeholder="staff" onChange={(event) => setName(event.target.value)} />
      </Field>
      <Field
        layout="row"
        label={isCognito ? "User pools" : "Function"}
        help={isCognito ? "ARNs or addresses of OpenID Connect issuers, with commas" : FUNCTION_HELP}
        error={
          errorAt("authorizerUri", "providerARNs") ?? (error && !errorAt("name") ? error.message : undefined)
        }
      >
        <Input
          mono
          value={target}
          placeholder={isCognito ? "arn:aws:cognito-idp:…:userpool/…" : "arn:aws:apigateway:…/invocations"}
          onChange={(event) => setTarget(event.target.value)}
        />
      </Field>
      <div className="flex justify-end gap-2">
        <Button variant="ghost" onClick={() => onDone(null)}>
          Cancel
        </Button>
        <Button type="submit" variant="primary">
          Add authorizer
        </Button>
      </div>
    </form>
  );
}

/** The authorizers: who is asked whether a call may pass. */
export function AuthorizersPart() {
  const { definition, dispatch, perform, canWrite } = useDraft();
  const { item, show } = useOpenPart();
  const [isAdding, setAdding] = useState(false);
  const authorizer = item === null ? undefined : definition.authorizers[item];
  if (!authorizer)
    return (
      <>
        {isAdding ? (
          <NewAuthorizer
            onDone={(id) => {
              setAdding(false);
              if (id) show("authorizers", id);
            }}
          />
        ) : canWrite ? (
          <Button size="sm" className="mx-3.5 my-2.5" onClick={() => setAdding(true)}>
            <Plus /> Add authorizer
          </Button>
        ) : null}
        <PartList
          label="Authorizers"
          empty="None. Methods are then open, or ask for an API key or a signature only."
          rows={Object.values(definition.authorizers).map((one) => ({
            id: one.id,
            name: one.name,
            note: typeLabel(one.type),
            aside: (
              <span className="num text-faint text-sm">
                {`used ${whereUsed(definition, { kind: "authorizer", id: one.id }).length}×`}
              </span>
            ),
          }))}
          onOpen={(id) => show("authorizers", id)}
        />
      </>
    );
  return (
    <PartDetail
      listLabel="Authorizers"
      name={authorizer.name}
      uses={whereUsed(definition, { kind: "authorizer", id: authorizer.id })}
      removeLabel="Delete the authorizer"
      onBack={() => show("authorizers")}
      onRemove={() =>
        perform({ name: "delete-authorizer", input: { id: authorizer.id } }) && show("authorizers")
      }
    >
      <Fields
        key={authorizer.id}
        authorizer={authorizer}
        put={(change) =>
          dispatch({ name: "put-authorizer", input: { authorizer: { ...authorizer, ...change } } })
        }
      />
      <AuthorizerTester key={`test ${authorizer.id}`} authorizer={authorizer} />
    </PartDetail>
  );
}
