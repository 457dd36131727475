"use client";
import type { EditError } from "@/server/domain/errors";
import type { ContentHandling } from "@/server/gateway/snapshot/integration";
import { ChoiceField } from "./choice-field";

const AS_IS = "as-is";

// The sentences are the two tables of server/gateway/context/payload.ts, read from the field's side.
const HELP = {
  request: {
    [AS_IS]: "Bytes if its type is one of the API's binary media types, else text",
    CONVERT_TO_BINARY:
      "A body that is no binary media type is taken as Base64 and sent as bytes; what is no Base64 ends in 500. A template cannot read bytes.",
    CONVERT_TO_TEXT: "A body of a binary media type becomes Base64 text, which a template can read",
  },
  response: {
    [AS_IS]:
      "Follows the client's Accept: bytes if it asks for a binary media type, else text, in Base64 where the back end sent bytes",
    CONVERT_TO_BINARY: "Text is taken as Base64 and answered as bytes; what is no Base64 ends in 500",
    CONVERT_TO_TEXT: "Bytes are answered as Base64 text, text stays text",
  },
} as const;

/** Whether a body is converted on its way; `side` is the integration's request or response. */
export function ContentHandlingField(props: {
  side: "request" | "response";
  value: ContentHandling | null;
  commit: (next: ContentHandling | null) => EditError | null;
}) {
  return (
    <ChoiceField
      label="Content handling"
      value={props.value ?? AS_IS}
      options={[
        { value: AS_IS, label: "As it is" },
        { value: "CONVERT_TO_BINARY", label: "Convert to binary" },
        { value: "CONVERT_TO_TEXT", label: "Convert to text" },
      ]}
      commit={(next) => props.commit(next === AS_IS ? null : (next as ContentHandling))}
      help={HELP[props.side][props.value ?? AS_IS]}
    />
  );
}
