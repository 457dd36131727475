import { formats } from "./formats";
import {
  canonicalText,
  isJsonObject,
  type JsonObject,
  type JsonType,
  lengthInCodePoints,
  typeOfJson,
} from "./json-values";
import { type Check, isValid, type SchemaScope } from "./schema-check";

/**
 * The keywords that look at one value, without going into it. Texts are those of the validator whose messages API Gateway
 * shows in `$context.error.validationErrorString`. A keyword whose own value makes no sense says nothing, as there.
 */
type Keyword = (value: unknown, schema: JsonObject, scope: SchemaScope) => Check | null;

const list = (names: readonly string[]) => JSON.stringify(names);
const count = (value: unknown): number | null =>
  typeof value === "number" && Number.isInteger(value) && value >= 0 ? value : null;

function onString(check: (text: string, errors: string[]) => void): Check {
  return (value, errors) => {
    if (typeof value === "string") check(value, errors);
  };
}
function onNumber(check: (number: number, errors: string[]) => void): Check {
  return (value, errors) => {
    if (typeof value === "number") check(value, errors);
  };
}
function onArray(
  check: (items: readonly unknown[], ...rest: [string[], Parameters<Check>[2]]) => void,
): Check {
  return (value, errors, run) => {
    if (Array.isArray(value)) check(value, errors, run);
  };
}
function onObject(check: (object: JsonObject, ...rest: [string[], Parameters<Check>[2]]) => void): Check {
  return (value, errors, run) => {
    if (isJsonObject(value)) check(value, errors, run);
  };
}

/** In the order in which they speak: that of their names. */
export const keywords: Readonly<Record<string, Keyword>> = {
  additionalItems(value, { items }) {
    if (value !== false || !Array.isArray(items)) return null;
    const allowed = items.length;
    return onArray((found, errors) => {
      if (found.length > allowed)
        errors.push(
          `array has too many elements (found ${found.length} but schema allows at most ${allowed})`,
        );
    });
  },

  additionalProperties(value, { properties, patternProperties }, scope) {
    if (value !== false) return null;
    const known = new Set(isJsonObject(properties) ? Object.keys(properties) : []);
    const patterns = isJsonObject(patternProperties)
      ? Object.keys(patternProperties).map((pattern) => scope.regex(pattern, "patternProperties", pattern))
      : [];
    return onObject((object, errors) => {
      const extra = Object.keys(object).filter(
        (name) => !known.has(name) && !patterns.some((matches) => matches(name)),
      );
      if (extra.length > 0)
        errors.push(
          `object instance has properties which are not allowed by the schema: ${list(extra.sort())}`,
        );
    });
  },

  allOf: branches("allOf", (matched, total) =>
    matched === total
      ? null
      : `instance failed to match all required schemas (matched only ${matched} out of ${total})`,
  ),
  anyOf: branches("anyOf", (matched, total) =>
    matched > 0 ? null : `instance failed to match at least one required schema among ${total}`,
  ),

  dependencies(value, _schema, scope) {
    if (!isJsonObject(value)) return null;
    const checks = Object.entries(value).map(([name, dependency]) =>
      Array.isArray(dependency)
        ? propertyDependency(
            name,
            dependency.filter((other) => typeof other === "string"),
          )
        : schemaDependency(name, scope.compile(dependency, "dependencies", name)),
    );
    return (instance, errors, run) => {
      for (const check of checks) check(instance, errors, run);
    };
  },

  enum(value) {
    if (!Array.isArray(value)) return null;
    const allowed = new Set(value.map((item) => canonicalText(item, () => undefined)));
    return (instance, errors, run) => {
      if (!allowed.has(canonicalText(instance, run.spend)))
        errors.push(
          `instance value (${JSON.stringify(instance)}) not found in enum (possible values: ${JSON.stringify(value)})`,
        );
    };
  },

  format(value) {
    const format = typeof value === "string" && Object.hasOwn(formats, value) ? formats[value] : undefined;
    if (!format) return null;
    return onString((text, errors) => {
      if (!format.fits(text)) errors.push(format.message(text));
    });
  },

  maxItems: (value) =>
    arrayLength(count(value), (found, max) =>
      found > max
        ? `array is too long: must have at most ${max} elements but instance has ${found} elements`
        : null,
    ),
  maxLength: (value) =>
    textLength(count(value), (text, found, max) =>
      found > max ? `string "${text}" is too long (length: ${found}, maximum allowed: ${max})` : null,
    ),
  maxProperties: (value) =>
    objectSize(count(value), (found, max) =>
      found > max
        ? `object has too many properties (found ${found} but schema requires at most ${max})`
        : null,
    ),

  maximum(value, { exclusiveMaximum }) {
    if (typeof value !== "number") return null;
    return onNumber((number, errors) => {
      if (number > value)
        errors.push(
          `numeric instance is greater than the required maximum (maximum: ${value}, found: ${number})`,
        );
      else if (number === value && exclusiveMaximum === true)
        errors.push(`numeric instance is not strictly lower than the required maximum ${value}`);
    });
  },

  minItems: (value) =>
    arrayLength(count(value), (found, min) =>
      found < min
        ? `array is too short: must have at least ${min} elements but instance has ${found} elements`
        : null,
    ),
  minLength: (value) =>
    textLength(count(value), (text, found, min) =>
      found < min ? `string "${text}" is too short (length: ${found}, required minimum: ${min})` : null,
    ),
  minProperties: (value) =>
    objectSize(count(value), (found, min) =>
      found < min
        ? `object has too few properties (found ${found} but schema requires at least ${min})`
        : null,
    ),

  minimum(value, { exclusiveMinimum }) {
    if (typeof value !== "number") return null;
    return onNumber((number, errors) => {
      if (number < value)
        errors.push(
          `numeric instance is lower than the required minimum (minimum: ${value}, found: ${number})`,
        );
      else if (number === value && exclusiveMinimum === true)
        errors.push(`numeric instance is not strictly greater than the required minimum ${value}`);
    });
  },

  multipleOf(value) {
    if (typeof value !== "number" || value <= 0) return null;
    return onNumber((number, errors) => {
      if (!isMultiple(number, value)) errors.push(`remainder of division is not zero (${number} / ${value})`);
    });
  },

  not(value, _schema, scope) {
    const check = scope.compile(value, "not");
    return (instance, errors, run) => {
      if (isValid(check, instance, run)) errors.push("instance matched a schema which it should not have");
    };
  },

  oneOf: branches("oneOf", (matched, total) =>
    matched === 1 ? null : `instance failed to match exactly one schema (matched ${matched} out of ${total})`,
  ),

  pattern(value, _schema, scope) {
    if (typeof value !== "string") return null;
    const matches = scope.regex(value, "pattern");
    return onString((text, errors) => {
      if (!matches(text)) errors.push(`ECMA 262 regex "${value}" does not match input string "${text}"`);
    });
  },

  required(value) {
    if (!Array.isArray(value)) return null;
    const names = value.filter((name) => typeof name === "string").sort();
    return onObject((object, errors) => {
      const missing = names.filter((name) => !Object.hasOwn(object, name));
      if (missing.length > 0) errors.push(`object has missing required properties (${list(missing)})`);
    });
  },

  type(value) {
    const names = (Array.isArray(value) ? value : [value]).filter((name) => typeof name === "string");
    if (names.length === 0) return null;
    const allowed = new Set<string>(names);
    if (allowed.has("number")) allowed.add("integer");
    const shown = list([...allowed].sort());
    return (instance, errors) => {
      const type: JsonType = typeOfJson(instance);
      if (!allowed.has(type))
        errors.push(`instance type (${type}) does not match any allowed primitive type (allowed: ${shown})`);
    };
  },

  uniqueItems(value) {
    if (value !== true) return null;
    return onArray((items, errors, run) => {
      const seen = new Set(items.map((item) => canonicalText(item, run.spend)));
      if (seen.size !== items.length) errors.push("array must not contain duplicate elements");
    });
  },
};

function branches(name: string, verdict: (matched: number, total: number) => string | null): Keyword {
  return (value, _schema, scope) => {
    if (!Array.isArray(value) || value.length === 0) return null;
    const checks = value.map((branch, index) => scope.compile(branch, name, index));
    return (instance, errors, run) => {
      const matched = checks.filter((check) => isValid(check, instance, run)).length;
      const error = verdict(matched, checks.length);
      if (error !== null) errors.push(error);
    };
  };
}

function propertyDependency(name: string, needed: readonly string[]): Check {
  return onObject((object, errors) => {
    if (!Object.hasOwn(object, name)) return;
    const missing = needed.filter((other) => !Object.hasOwn(object, other));
    if (missing.length > 0)
      errors.push(
        `property ${JSON.stringify(name)} of object has missing property dependencies (schema requires ${list([...needed].sort())}; missing: ${list(missing.sort())})`,
      );
  });
}

function schemaDependency(name: string, check: Check): Check {
  return onObject((object, errors, run) => {
    if (Object.hasOwn(object, name)) check(object, errors, run);
  });
}

function arrayLength(
  bound: number | null,
  judge: (found: number, bound: number) => string | null,
): Check | null {
  if (bound === null) return null;
  return onArray((items, errors) => {
    const error = judge(items.length, bound);
    if (error !== null) errors.push(error);
  });
}

function objectSize(
  bound: number | null,
  judge: (found: number, bound: number) => string | null,
): Check | null {
  if (bound === null) return null;
  return onObject((object, errors) => {
    const error = judge(Object.keys(object).length, bound);
    if (error !== null) errors.push(error);
  });
}

function textLength(
  bound: number | null,
  judge: (text: string, found: number, bound: number) => string | null,
): Check | null {
  if (bound === null) return null;
  return onString((text, errors) => {
    const error = judge(text, lengthInCodePoints(text), bound);
    if (error !== null) errors.push(error);
  });
}

/** Exact for numbers as people write them: both are made whole by a power of ten first. */
function isMultiple(number: number, divisor: number): boolean {
  if (Number.isInteger(number) && Number.isInteger(divisor)) return number % divisor === 0;
  const digits = Math.max(decimals(number), decimals(divisor));
  if (digits > 300) return false;
  const whole = (value: number) => BigInt(scaled(value, digits));
  return whole(number) % whole(divisor) === 0n;
}

/** `1.25e-7` has nine. */
function decimals(number: number): number {
  const [mantissa = "", exponent = "0"] = String(number).split("e");
  return Math.max(0, (mantissa.split(".")[1]?.length ?? 0) - Number(exponent));
}

/** The digits of number × 10^digits. */
function scaled(number: number, digits: number): string {
  const [mantissa = "", exponent = "0"] = String(number).split("e");
  const [whole = "", fraction = ""] = mantissa.split(".");
  return whole + fraction + "0".repeat(digits - fraction.length + Number(exponent));
}
