import { type ClassValue, clsx } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

const merge = extendTailwindMerge({
  extend: { classGroups: { "font-size": [{ text: ["2xs", "xs", "sm", "base", "lg", "xl", "2xl"] }] } },
});

/** Joins class names; of two Tailwind classes for the same property the later one wins. */
export function cx(...values: ClassValue[]): string {
  return merge(clsx(values));
}
