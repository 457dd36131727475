import type { BindingMember } from "@/server/vtl/bindings/binding-entry";
import type { InputBinding } from "@/server/vtl/bindings/input/input-binding";

/** What a template can ask `$input` for. */
export const inputMembers: readonly BindingMember[] = [
  {
    method: ["getBody(): String", (input: InputBinding) => input.body],
    label: "body",
    kind: "property",
    signature: "$input.body",
    documentation: "The payload as text, unparsed. An absent or empty payload reads as {}.",
    insertText: "body",
    examples: [
      { template: "$input.body", body: "a=b", output: "a=b" },
      { template: "$input.body", output: "{}" },
    ],
  },
  {
    method: ["json(String): String", (input: InputBinding, args, env) => input.json(args[0], env)],
    label: "json",
    kind: "function",
    signature: "$input.json(jsonPath)",
    documentation:
      'JSON text of what a JSONPath selects in the payload; `""` where it selects nothing. Strings keep their quotes, so put none around it.',
    insertText: "json('\\$${1:.name}')",
    examples: [
      { template: "$input.json('$.a')", body: '{"a": [1, "x/y"]}', output: '[1,"x/y"]' },
      { template: "$input.json('$.b')", body: '{"a":1}', output: '""' },
    ],
  },
  {
    method: ["path(String): Object", (input: InputBinding, args, env) => input.path(args[0], env)],
    label: "path",
    kind: "function",
    signature: "$input.path(jsonPath)",
    documentation:
      "What a JSONPath selects in the payload, as an object: `.name`, `[0]`, `.size()`, `.keySet()` and #foreach work on it. A map prints as {a=b}; use $input.json for JSON.",
    insertText: "path('\\$${1:.name}')",
    examples: [
      { template: "$input.path('$.a').b[1]", body: '{"a":{"b":[1,2]}}', output: "2" },
      { template: "$input.path('$.a')", body: '{"a":{"b":"c"}}', output: "{b=c}" },
    ],
  },
  {
    method: ["params(): Map", (input: InputBinding) => input.params()],
    label: "params",
    kind: "function",
    signature: "$input.params()",
    documentation: "All request parameters: a map with the maps `path`, `querystring` and `header`.",
    insertText: "params()",
    examples: [{ template: "$input.params().keySet()", output: "[path, querystring, header]" }],
  },
  {
    method: ["params(String): Object", (input: InputBinding, args) => input.param(args[0])],
    label: "params",
    kind: "function",
    signature: "$input.params(name)",
    documentation:
      "The request parameter of that name: from the path, else the query string, else the headers; else an empty string.",
    insertText: "params('${1:name}')",
    examples: [{ template: "[$input.params('missing')]", output: "[]" }],
  },
];
