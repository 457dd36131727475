import { badRequest, notFound } from "@/server/aws/protocol/aws-error";
import type { PatchRule, PatchStep } from "./apply-patch";

type Fields<Value> = { [key: string]: Value };

/** Replaces a text; none given is `absent`. */
export function textRule<Target extends object>(
  name: keyof Target & string,
  absent: string | null = "",
  ops: PatchRule<Target>["ops"] = ["replace"],
): PatchRule<Target> {
  return {
    path: `/${name}`,
    ops,
    apply: (target, { op, value }) => set(target, name, op === "remove" ? absent : (value ?? absent)),
  };
}

/** Replaces a boolean; any text but "true" is false, as recorded. */
export function booleanRule<Target extends object>(name: keyof Target & string): PatchRule<Target> {
  return {
    path: `/${name}`,
    ops: ["replace"],
    apply: (target, { value }) => set(target, name, isTrue(value)),
  };
}

/** Replaces one of a few words. */
export function wordRule<Target extends object>(
  name: keyof Target & string,
  words: readonly string[],
): PatchRule<Target> {
  return {
    path: `/${name}`,
    ops: ["replace"],
    apply: (target, { value }) => {
      if (!value || !words.includes(value)) {
        throw badRequest(`Invalid ${name} specified. Valid options are ${words.join(",")}`);
      }
      set(target, name, value);
    },
  };
}

type MapRule = {
  /** AWS's 404 for an entry that is to be replaced or removed and is not there. */
  missing: string;
  /** A value from its text. */
  read?: (step: PatchStep) => unknown;
};

/** Entries of a map: the key is the second segment of the path. */
export function entryRule<Target extends object>(
  name: keyof Target & string,
  { missing, read = ({ value }) => value ?? "" }: MapRule,
): PatchRule<Target> {
  return {
    path: `/${name}/*`,
    ops: ["add", "remove", "replace"],
    apply: (target, step) => {
      const map = { ...(target[name] as Fields<unknown>) };
      const [key = ""] = step.keys;
      if (step.op !== "add" && !Object.hasOwn(map, key)) throw notFound(missing);
      if (step.op === "remove") delete map[key];
      else map[key] = read(step);
      set(target, name, map);
    },
  };
}

/** Entries of a list of texts that are keys of the path. A replaced one goes to the end, as recorded. */
export function listEntryRule<Target extends object>(name: keyof Target & string): PatchRule<Target> {
  return {
    path: `/${name}/*`,
    ops: ["add", "remove", "replace"],
    apply: (target, { op, keys, value }) => {
      const [key = ""] = keys;
      const others = (target[name] as string[]).filter((entry) => entry !== key);
      const added = op === "add" ? key : op === "replace" ? (value ?? key) : undefined;
      set(target, name, added === undefined ? others : [...others.filter((entry) => entry !== added), added]);
    },
  };
}

/** Values of a list of texts that travel as the operation's value. */
export function listValueRule<Target extends object>(name: keyof Target & string): PatchRule<Target> {
  return {
    path: `/${name}`,
    ops: ["add", "remove"],
    apply: (target, { op, value }) => {
      if (value === undefined) throw badRequest(`Invalid patch value for /${name}`);
      const others = (target[name] as string[]).filter((entry) => entry !== value);
      set(target, name, op === "add" ? [...others, value] : others);
    },
  };
}

export const isTrue = (value: string | undefined) => value?.toLowerCase() === "true";

/** A whole number from a patch's text. */
export function integerOf(value: string | undefined, message: string): number {
  if (value === undefined || !/^-?\d{1,15}$/.test(value.trim())) throw badRequest(message);
  return Number(value);
}

function set<Target extends object>(target: Target, name: keyof Target & string, value: unknown): void {
  (target as Record<string, unknown>)[name] = value;
}
