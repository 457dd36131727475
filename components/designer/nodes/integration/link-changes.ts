import type { EditInput } from "@/server/domain/edits/index";

export type ConnectionChanges = Pick<
  EditInput<"update-integration">["changes"],
  "connectionType" | "connectionId" | "integrationTarget"
>;

/** What naming a link changes: its type comes with the id. An empty id is left for the edit to refuse. */
export function linkChanges(text: string): ConnectionChanges {
  return { connectionType: "VPC_LINK", connectionId: text.trim() || null };
}
