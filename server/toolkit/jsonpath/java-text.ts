import { isJavaNumber, JsonArray, numberToString } from "../java/values";
import { writeJson } from "../json/write-json";
import { MAX_DEPTH, type PathBudget } from "./evaluation";
import { JsonPathError } from "./json-path-error";

/** Java's toString() of a document value: {a=b} for objects, JSON text for arrays of the document. */
export function javaText(value: unknown, budget: PathBudget, depth = 0): string {
  if (typeof value === "string") return value;
  if (isJavaNumber(value)) return numberToString(value);
  if (depth > MAX_DEPTH) throw new JsonPathError("the value is nested too deeply to be printed");
  budget.spend(1);
  if (value instanceof Map) {
    const entries = [...value].map(
      ([key, item]) =>
        `${javaText(key, budget, depth + 1)}=${item === value ? "(this Map)" : javaText(item, budget, depth + 1)}`,
    );
    return checked(`{${entries.join(", ")}}`, budget);
  }
  if (value instanceof JsonArray)
    return writeJson(value, {
      escapeSlash: true,
      check: (length) => {
        budget.spend(1);
        budget.checkText(length);
      },
    });
  if (Array.isArray(value)) {
    const items = value.map((item) =>
      item === value ? "(this Collection)" : javaText(item, budget, depth + 1),
    );
    return checked(`[${items.join(", ")}]`, budget);
  }
  return String(value);
}

function checked(text: string, budget: PathBudget): string {
  budget.checkText(text.length);
  return text;
}
