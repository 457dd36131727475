import type { MethodEntry } from "@/server/vtl/values/java-class";

/** A method of `$input` or `$util`, with the words an editor shows and examples that are run as tests. */
export type BindingMember = {
  readonly method: MethodEntry;
  readonly label: string;
  readonly kind: "function" | "property";
  readonly signature: string;
  readonly documentation: string;
  readonly insertText: string;
  readonly examples: readonly {
    readonly template: string;
    readonly body?: string;
    readonly output: string;
  }[];
};

export function described(members: readonly BindingMember[]): readonly MethodEntry[] {
  return members.map((member) => member.method);
}
