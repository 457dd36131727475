/** What an editor knows around a template: the sample it is tried on, and names that exist. All may be missing. */
export type TemplateSurroundings = {
  readonly body?: string;
  readonly parameters?: readonly string[];
  readonly stageVariables?: readonly string[];
};

let lastText: string | undefined;
let lastValue: unknown;

/** The sample body as JSON; undefined if it is none. The last one is remembered: it is asked for at every key. */
export function sampleValue({ body }: TemplateSurroundings): unknown {
  if (body === lastText) return lastValue;
  lastText = body;
  try {
    lastValue = body === undefined ? undefined : JSON.parse(body);
  } catch {
    lastValue = undefined;
  }
  return lastValue;
}

const STEP = /\.([A-Za-z_][\w-]*)|\[(?:'([^']*)'|"([^"]*)"|(\d+|\*))\]/y;

/** What a plain JSONPath (members, indexes, `[*]` as the first element) selects; undefined if it is not that plain. */
export function plainPath(document: unknown, path: string): unknown {
  if (!path.startsWith("$")) return undefined;
  let value = document;
  STEP.lastIndex = 1;
  while (STEP.lastIndex < path.length) {
    const match = STEP.exec(path);
    if (!match) return undefined;
    const [, member, quoted, doubleQuoted, index] = match;
    const name = member ?? quoted ?? doubleQuoted ?? (index === "*" ? "0" : (index as string));
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}

/** A value in at most sixty characters. */
export function shortText(value: unknown): string {
  const text = Array.isArray(value) ? `list of ${value.length}` : JSON.stringify(value);
  if (text === undefined) return "";
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
