import { expect, test } from "vitest";
import { renderBatchCase } from "@/server/vtl";
import { inputMembers } from "@/server/vtl/bindings/input/input-members";
import { utilMembers } from "@/server/vtl/bindings/util/util-members";

const examples = [...inputMembers, ...utilMembers].flatMap((member) =>
  member.examples.map((example) => ({ signature: member.signature, ...example })),
);

test.each(examples)(
  "the example of $signature shows what it prints: $template",
  ({ template, body, output }) => {
    expect(renderBatchCase({ id: "example", template, input: { body: body ?? null } })).toEqual({
      id: "example",
      output,
    });
  },
);
