"use client";
import type { EditError } from "@/server/domain/errors";
import type { ContentHandling } from "@/server/gateway/snapshot/integration";
import { ChoiceField } from "./choice-field";

const AS_IS = "as-is";

/** Whether a body is converted on its way. */
export function ContentHandlingField(props: {
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
    />
  );
}
