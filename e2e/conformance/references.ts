/**
 * Replaces `${sN.path}` in every text of `value`; a text that is nothing but a reference becomes what it refers to.
 * Texts that are written as objects (`{"$repeat": …}`) become texts, unless the value is an expectation.
 */
export function fillReferences(
  value: unknown,
  answers: ReadonlyMap<string, unknown>,
  isExpectation = false,
): unknown {
  if (typeof value === "string") return fillText(value, answers);
  if (Array.isArray(value)) return value.map((entry) => fillReferences(entry, answers, isExpectation));
  if (typeof value !== "object" || value === null) return value;
  const special = isExpectation ? undefined : specialText(value as Record<string, unknown>);
  if (special !== undefined) return special;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [
      fillReferences(key, answers) as string,
      fillReferences(entry, answers, isExpectation),
    ]),
  );
}

/** Whether a step refers to what is not there: in the recordings, something that was left over in the account. */
export function refersToNothing(
  params: Record<string, unknown>,
  answers: ReadonlyMap<string, unknown>,
): boolean {
  return Object.values(params).some(
    (value) =>
      typeof value === "string" && REFERENCE_ONLY.test(value) && fillText(value, answers) === undefined,
  );
}

/** Texts that the cases write as objects because they are long or no text at all. */
function specialText(value: Record<string, unknown>): unknown {
  const [key, ...more] = Object.keys(value);
  if (more.length > 0) return undefined;
  if (key === "$repeat") {
    const [text, count] = value.$repeat as [string, number];
    return text.repeat(count);
  }
  if (key === "$json") return JSON.stringify(value.$json);
  if (key === "$lines") return (value.$lines as string[]).join("\n");
  if (key === "$base64") return Buffer.from(value.$base64 as string, "base64");
  return undefined;
}

const REFERENCE = /\$\{(s\d+)((?:\[[^\]]*\]|[^}[\]])*)\}/g;

const REFERENCE_ONLY = new RegExp(`^${REFERENCE.source}$`);

function fillText(text: string, answers: ReadonlyMap<string, unknown>): unknown {
  const whole = REFERENCE_ONLY.exec(text);
  if (whole) return lookUp(answers.get(whole[1] as string), whole[2] ?? "");
  return text.replace(REFERENCE, (_, step: string, path: string) => String(lookUp(answers.get(step), path)));
}

/** `.items[path=/x].id|upper`: members, list entries by index or by a member's value, and filters. */
export function lookUp(root: unknown, expression: string): unknown {
  const [path = "", ...filters] = expression.split("|");
  let at = follow(root, path);
  for (const filter of filters) {
    // `fromjson.body` goes on into what the text holds.
    const [, name = "", rest = ""] = /^([a-z]+(?:\(.*\))?(?:\[\d+\])?)(.*)$/.exec(filter) ?? [];
    at = follow(applyFilter(at, name), rest);
  }
  return at;
}

function follow(root: unknown, path: string): unknown {
  const tokens: string[] = path.match(/\[[^\]]*\]|[^.[\]]+/g) ?? [];
  return tokens.reduce(stepInto, root);
}

function stepInto(at: unknown, token: string): unknown {
  if (at === undefined || at === null) return undefined;
  if (!token.startsWith("[")) return (at as Record<string, unknown>)[token];
  const inner = token.slice(1, -1);
  if (/^\d+$/.test(inner)) return (at as unknown[])[Number(inner)];
  const quoted = /^"(.*)"$/.exec(inner)?.[1];
  if (quoted !== undefined) return insensitive(at as Record<string, unknown>, quoted);
  const [member = "", value] = inner.split("=");
  return (at as Record<string, unknown>[]).find((entry) => String(entry[member]) === value);
}

/** Names of headers. */
function insensitive(at: Record<string, unknown>, name: string): unknown {
  const key = Object.keys(at).find((one) => one.toLowerCase() === name.toLowerCase());
  return key === undefined ? undefined : at[key];
}

function applyFilter(value: unknown, filter: string): unknown {
  if (filter === "upper") return String(value).toUpperCase();
  if (filter === "fromjson") return JSON.parse(String(value));
  const split = /^split(?:\((.*)\))?\[(\d+)\]$/.exec(filter);
  if (split) return String(value).split(split[1] ?? /[:/]/)[Number(split[2])];
  throw new Error(`The filter ${filter} is not known`);
}
