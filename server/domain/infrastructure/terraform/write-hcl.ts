import { hclQuoted, hclText } from "./hcl-text";

/** Written as it stands, e.g. `aws_api_gateway_rest_api.api.id`. */
export class HclExpression {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** A nested block, `lifecycle { … }`, as the value of its name. */
export class HclBlock {
  readonly body: Readonly<Record<string, unknown>>;

  constructor(body: Readonly<Record<string, unknown>>) {
    this.body = body;
  }
}

export type HclResource = {
  readonly type: string;
  readonly name: string;
  readonly body: Readonly<Record<string, unknown>>;
};

/** `resource "type" "name" { … }`; what is null, undefined or empty is left out. */
export function writeResource({ type, name, body }: HclResource): string {
  return `resource ${hclQuoted(type)} ${hclQuoted(name)} {\n${writeBody(body, "  ")}}\n`;
}

function writeBody(body: Readonly<Record<string, unknown>>, indent: string): string {
  return Object.entries(body)
    .filter(([, value]) => isSaid(value))
    .map(([name, value]) =>
      value instanceof HclBlock
        ? `${indent}${name} {\n${writeBody(value.body, `${indent}  `)}${indent}}\n`
        : `${indent}${name} = ${writeValue(value, indent).replace(/\n?$/, "\n")}`,
    )
    .join("");
}

function isSaid(value: unknown): boolean {
  if (value === null || value === undefined || value === "") return false;
  if (value instanceof HclExpression || value instanceof HclBlock) return true;
  return typeof value !== "object" || Object.keys(value).length > 0;
}

function writeValue(value: unknown, indent: string): string {
  if (value instanceof HclExpression) return value.text;
  if (typeof value === "string") return hclText(value);
  if (Array.isArray(value)) {
    const items = value.map((item) => `${indent}  ${writeItem(item, `${indent}  `)}`);
    return items.length === 0 ? "[]" : `[\n${items.join("")}${indent}]`;
  }
  if (typeof value !== "object" || value === null) return String(value);
  const members = Object.entries(value).map(
    ([key, member]) => `${indent}  ${hclQuoted(key)} = ${writeEntry(member, `${indent}  `)}`,
  );
  return members.length === 0 ? "{}" : `{\n${members.join("")}${indent}}`;
}

/** A heredoc ends its line itself, and no comma may follow it: in a list it is put in brackets. */
function writeItem(value: unknown, indent: string): string {
  const text = writeValue(value, indent);
  return text.endsWith("\n") ? `(${text}${indent}),\n` : `${text},\n`;
}

const writeEntry = (value: unknown, indent: string) => writeValue(value, indent).replace(/\n?$/, "\n");
