/** Placeholders of a case and what they have turned out to stand for. */
export type Masks = { readonly tokens: readonly string[]; readonly bound: Map<string, string> };

/** The account of the recordings; ours is written as it before it is compared. */
const RECORDED_ACCOUNT = "111111111111";
const OWN_ACCOUNT = "000000000000";
const SPECIAL = new Set(["$json", "$lines", "$repeat", "$base64"]);
/** How the recorder wrote the times in logs, as patterns of ours. */
const TIMES: ReadonlyMap<string, string> = new Map([
  [
    "DDD MMM dd hh:mm:ss UTC yyyy : ",
    "[A-Z][a-z]{2} [A-Z][a-z]{2} \\d{1,2} \\d\\d:\\d\\d:\\d\\d UTC \\d{4} : ",
  ],
  ["Day, dd MMM yyyy hh:mm:ss GMT", "[A-Z][a-z]{2}, \\d\\d [A-Z][a-z]{2} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT"],
]);
/** By what lists are put in order when they do not fit as they are: AWS promises no order. */
const SORT_KEYS = ["path", "responseType", "stageName", "name", "id"];

/** Every place in which `actual` is not what is expected, as sentences. */
export function mismatches(expected: unknown, actual: unknown, masks: Masks, at = "body"): string[] {
  if (typeof expected === "string") return textMismatch(expected, actual, masks, at);
  if (Array.isArray(expected)) return listMismatches(expected, actual, masks, at);
  if (typeof expected === "object" && expected !== null) {
    return objectMismatches(expected as Record<string, unknown>, actual, masks, at);
  }
  return expected === actual ? [] : [says(at, actual, expected)];
}

function objectMismatches(
  expected: Record<string, unknown>,
  actual: unknown,
  masks: Masks,
  at: string,
): string[] {
  const [first, ...more] = Object.keys(expected);
  if (first !== undefined && more.length === 0 && SPECIAL.has(first))
    return specialMismatches(first, expected, { actual, masks, at });
  if (typeof actual !== "object" || actual === null || Array.isArray(actual))
    return [says(at, actual, expected)];
  const has = actual as Record<string, unknown>;
  // Keys can be masked, too.
  const wanted = Object.entries(expected).map(([key, value]) => [keyOf(key, has, masks), value] as const);
  const names = new Set(wanted.map(([key]) => key));
  const extra = Object.keys(has).filter((key) => !names.has(key) && has[key] !== undefined);
  return [
    ...wanted.flatMap(([key, value]) =>
      Object.hasOwn(has, key)
        ? mismatches(value, has[key], masks, `${at}.${key}`)
        : [`${at}.${key} is missing (${short(value)})`],
    ),
    ...extra.map((key) => `${at}.${key} should not be there (${short(has[key])})`),
  ];
}

function keyOf(key: string, actual: Record<string, unknown>, masks: Masks): string {
  if (Object.hasOwn(actual, key) || !masks.tokens.some((token) => key.includes(token))) return key;
  return Object.keys(actual).find((name) => textMismatch(key, name, masks, "").length === 0) ?? key;
}

function specialMismatches(
  kind: string,
  expected: Record<string, unknown>,
  { actual, masks, at }: { actual: unknown; masks: Masks; at: string },
): string[] {
  // Exports are parsed before they are compared, with the texts in them.
  if (kind === "$json" && typeof actual === "object") return mismatches(expected.$json, actual, masks, at);
  if (typeof actual !== "string") return [says(at, actual, expected)];
  if (kind === "$json") {
    const parsed = parseJson(actual);
    return parsed === undefined
      ? [says(at, actual, expected.$json)]
      : mismatches(expected.$json, parsed, masks, at);
  }
  if (kind === "$lines") return lineMismatches(expected.$lines as string[], actual, masks, at);
  if (kind === "$repeat") {
    const [text, count] = expected.$repeat as [string, number];
    return actual === text.repeat(count) ? [] : [says(at, actual, expected)];
  }
  return [says(at, actual, expected)];
}

function lineMismatches(lines: string[], actual: string, masks: Masks, at: string): string[] {
  const has = (lines.at(-1) === "" ? actual : actual.replace(/\n$/, "")).split("\n");
  const found = lines.flatMap((line, index) => textMismatch(line, has[index], masks, `${at}[${index}]`));
  return has.length > lines.length
    ? [...found, `${at} has ${has.length} lines instead of ${lines.length}`]
    : found;
}

function listMismatches(expected: unknown[], actual: unknown, masks: Masks, at: string): string[] {
  if (!Array.isArray(actual)) return [says(at, actual, expected)];
  if (actual.length !== expected.length) {
    return [`${at} has ${actual.length} entries instead of ${expected.length}: ${short(actual)}`];
  }
  const inOrder = tryList(expected, actual, masks, at);
  if (inOrder.length === 0 || !actual.every((entry) => typeof entry === "object")) return inOrder;
  const key = SORT_KEYS.find((name) =>
    expected.every((entry) => isPlain((entry as Record<string, unknown>)?.[name])),
  );
  if (!key) return inOrder;
  const sorted = tryList(sortBy(expected, key), sortBy(actual, key), masks, at);
  return sorted.length === 0 ? [] : inOrder;
}

/** Compares without keeping what placeholders stand for when it does not fit. */
function tryList(expected: unknown[], actual: unknown[], masks: Masks, at: string): string[] {
  const bound = new Map(masks.bound);
  const attempt = { tokens: masks.tokens, bound };
  const found = expected.flatMap((entry, index) =>
    mismatches(entry, actual[index], attempt, `${at}[${index}]`),
  );
  if (found.length === 0) for (const [token, value] of bound) masks.bound.set(token, value);
  return found;
}

function textMismatch(expected: string, actual: unknown, masks: Masks, at: string): string[] {
  if (expected === "datetime" || expected === "timestamp") {
    return actual === undefined || actual === null ? [says(at, actual, expected)] : [];
  }
  const isScalar = typeof actual === "string" || typeof actual === "number";
  const tokens = masks.tokens.filter((token) => expected.includes(token));
  const hasTime = [...TIMES.keys()].some((time) => expected.includes(time));
  if (tokens.length === 0 && !hasTime) {
    const same = typeof actual === "string" && normal(actual) === normal(expected);
    return same ? [] : [says(at, actual, expected)];
  }
  if (!isScalar) return [says(at, actual, expected)];
  const { pattern, order } = patternOf(normal(expected), tokens, masks);
  const match = pattern.exec(normal(String(actual)));
  if (!match) return [says(at, actual, expected)];
  order.forEach((token, index) => {
    if (/:\d+>$/.test(token)) masks.bound.set(token, match[index + 1] as string);
  });
  return [];
}

/** The expected text as a pattern: a placeholder that is known is its value, any other one group. */
function patternOf(expected: string, tokens: readonly string[], { bound }: Masks) {
  const order: string[] = [];
  const all = [...tokens, ...TIMES.keys()].sort((a, b) => b.length - a.length).map(escaped);
  const source = expected.split(new RegExp(`(${all.join("|")})`)).map((part) => {
    const time = TIMES.get(part);
    if (time !== undefined) return time;
    if (!tokens.includes(part)) return escaped(part);
    const known = bound.get(part);
    if (known !== undefined) return escaped(known);
    if (order.includes(part)) return `\\${order.indexOf(part) + 1}`;
    order.push(part);
    return "([\\s\\S]*?)";
  });
  return { pattern: new RegExp(`^${source.join("")}$`), order };
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
const normal = (text: string) => text.replaceAll(OWN_ACCOUNT, RECORDED_ACCOUNT);
const isPlain = (value: unknown) => typeof value === "string" && !value.startsWith("<");

function sortBy(list: unknown[], key: string): unknown[] {
  const text = (entry: unknown) => String((entry as Record<string, unknown>)[key]);
  return list.toSorted((a, b) => (text(a) < text(b) ? -1 : 1));
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function says(at: string, actual: unknown, expected: unknown): string {
  return `${at}: ${short(actual)} instead of ${short(expected)}`;
}

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 400 ? `${text.slice(0, 400)}…` : text;
}
