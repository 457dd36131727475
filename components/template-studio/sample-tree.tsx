"use client";
import { cx } from "../ui/class-names";

const MAX_FIELDS = 300;

type FieldRow = { path: string; name: string; depth: number; preview: string };

const step = (name: string) => {
  if (/^[A-Za-z_]\w*$/.test(name)) return `.${name}`;
  return name.includes("'") ? `['${name.replaceAll("'", "\\'")}']` : `["${name.replaceAll('"', '\\"')}"]`;
};

/** The expression that reads a path. Strings in a template have no escapes, so the path decides the quotes. */
export const readingExpression = (path: string) =>
  path.includes("'") ? `$input.json("${path}")` : `$input.json('${path}')`;

/** The fields of a JSON value with their paths, at most MAX_FIELDS. */
export function fieldsOf(value: unknown): FieldRow[] {
  const rows: FieldRow[] = [];
  const visit = (one: unknown, { path, name, depth }: Omit<FieldRow, "preview">) => {
    if (rows.length >= MAX_FIELDS) return;
    const isContainer = typeof one === "object" && one !== null;
    const size = Array.isArray(one) ? `${one.length} items` : "";
    rows.push({ path, name, depth, preview: isContainer ? size : JSON.stringify(one) });
    if (Array.isArray(one))
      for (const [index, item] of one.slice(0, 20).entries())
        visit(item, { path: `${path}[${index}]`, name: `[${index}]`, depth: depth + 1 });
    else if (isContainer)
      for (const [key, item] of Object.entries(one))
        visit(item, { path: path + step(key), name: key, depth: depth + 1 });
  };
  visit(value, { path: "$", name: "$", depth: 0 });
  return rows;
}

/** The sample's fields; a click writes the expression that reads one. */
export function SampleTree({ body, onInsert }: { body: string; onInsert: (expression: string) => void }) {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return <p className="px-3 py-2 text-muted text-sm">The body is not JSON, so it has no fields to pick.</p>;
  }
  return (
    <ul aria-label="Fields of the sample body" className="py-1">
      {fieldsOf(value).map((row) => (
        <li key={row.path}>
          <button
            type="button"
            title={`Insert ${readingExpression(row.path)}`}
            onClick={() => onInsert(readingExpression(row.path))}
            style={{ paddingLeft: 12 + row.depth * 12 }}
            className={cx("flex h-6 w-full items-center gap-2 pr-3 text-left hover:bg-hover")}
          >
            <span className="mono shrink-0">{row.name}</span>
            <span className="mono truncate text-faint">{row.preview}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
