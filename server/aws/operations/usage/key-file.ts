import { badRequest } from "@/server/aws/protocol/aws-error";
import type { ImportedKey } from "@/server/services/api-key/import-keys";

const COLUMNS = new Set(["name", "key", "description", "enabled", "usageplanids"]);
const REQUIRED = ["name", "key"];

/**
 * Reads AWS's API key file: CSV (RFC 4180) with a header of `name,key,description,enabled,usageplanIds` in any order and
 * case; plan ids are a list with commas in quotes. Source: developer guide, "API key file format".
 */
export function readKeyFile(text: string): ImportedKey[] {
  const [header, ...records] = csvRecords(text.replace(/^\uFEFF/, ""));
  if (!header) throw badRequest("The API key file is empty");
  const names = header.fields.map((field) => field.trim().toLowerCase());
  const unknown = names.find((name) => !COLUMNS.has(name));
  if (unknown !== undefined) throw badRequest(`Unknown column in the API key file: ${unknown}`);
  for (const name of REQUIRED)
    if (!names.includes(name)) throw badRequest(`The API key file has no column ${name}`);
  return records.map(({ line, fields }) => {
    if (fields.length > names.length)
      throw badRequest(`Line ${line} of the API key file has more fields than the header`);
    const field = (name: string) => fields[names.indexOf(name)]?.trim() ?? "";
    return {
      line,
      name: field("name"),
      value: field("key"),
      description: field("description"),
      // As CreateApiKey has it: a key is not enabled unless it is said.
      enabled: field("enabled").toLowerCase() === "true",
      planIds: field("usageplanids")
        .split(",")
        .map((id) => id.trim())
        .filter(Boolean),
    };
  });
}

type CsvRecord = { line: number; fields: string[] };

/** The records of a CSV text, empty lines left out. */
function csvRecords(text: string): CsvRecord[] {
  const records: CsvRecord[] = [];
  let line = 1;
  let at = 0;
  while (at < text.length) {
    const record: CsvRecord = { line, fields: [] };
    for (;;) {
      const field = csvField(text, at);
      if (!field) throw badRequest(`Line ${record.line} of the API key file has a quote that does not close`);
      line += field.newLines;
      record.fields.push(field.value);
      at = field.end;
      if (text[at] !== ",") break;
      at++;
    }
    if (text.startsWith("\r\n", at)) at += 2;
    else if (at < text.length) at++;
    line++;
    if (record.fields.length > 1 || record.fields[0]?.trim()) records.push(record);
  }
  return records;
}

function csvField(text: string, at: number): { value: string; end: number; newLines: number } | null {
  const quoted = /\s*"((?:[^"]|"")*)"[^,\r\n]*/y;
  quoted.lastIndex = at;
  const match = quoted.exec(text);
  if (match) {
    const value = (match[1] as string).replaceAll('""', '"');
    return { value, end: quoted.lastIndex, newLines: value.split("\n").length - 1 };
  }
  const plain = /[^,\r\n]*/y;
  plain.lastIndex = at;
  const value = plain.exec(text)?.[0] ?? "";
  return value.trimStart().startsWith('"') ? null : { value, end: plain.lastIndex, newLines: 0 };
}
