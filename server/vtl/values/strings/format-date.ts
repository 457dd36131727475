import { JavaLong } from "@/server/toolkit/java/values";
import type { CallEnvironment } from "@/server/vtl/values/java-class";
import { conversionMismatch } from "@/server/vtl/values/strings/format-numbers";
import type { FormatSpecifier } from "@/server/vtl/values/strings/format-specifier";

const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS = [
  ...["January", "February", "March", "April", "May", "June", "July", "August", "September", "October"],
  ...["November", "December"],
];
const MS_PER_DAY = 86_400_000;

const two = (n: number): string => String(n).padStart(2, "0");
const twelve = (hour: number): number => hour % 12 || 12;

type Field = (date: Date) => string;

const day: Field = (date) => DAYS[date.getUTCDay()] as string;
const month: Field = (date) => MONTHS[date.getUTCMonth()] as string;
const year: Field = (date) => String(date.getUTCFullYear()).padStart(4, "0");

/** The letters after %t, in UTC and English. */
const fields: Readonly<Record<string, Field>> = {
  H: (d) => two(d.getUTCHours()),
  I: (d) => two(twelve(d.getUTCHours())),
  k: (d) => String(d.getUTCHours()),
  l: (d) => String(twelve(d.getUTCHours())),
  M: (d) => two(d.getUTCMinutes()),
  S: (d) => two(d.getUTCSeconds()),
  L: (d) => String(d.getUTCMilliseconds()).padStart(3, "0"),
  N: (d) => `${String(d.getUTCMilliseconds()).padStart(3, "0")}000000`,
  Q: (d) => String(d.getTime()),
  s: (d) => String(Math.trunc(d.getTime() / 1000)),
  p: (d) => (d.getUTCHours() < 12 ? "am" : "pm"),
  z: () => "+0000",
  Z: () => "UTC",
  a: (d) => day(d).slice(0, 3),
  A: day,
  b: (d) => month(d).slice(0, 3),
  h: (d) => month(d).slice(0, 3),
  B: month,
  C: (d) => two(Math.trunc(d.getUTCFullYear() / 100)),
  y: (d) => two(d.getUTCFullYear() % 100),
  Y: year,
  m: (d) => two(d.getUTCMonth() + 1),
  d: (d) => two(d.getUTCDate()),
  e: (d) => String(d.getUTCDate()),
  j: (d) => String(dayOfYear(d)).padStart(3, "0"),
  R: (d) => dateText("H:M", d),
  T: (d) => dateText("H:M:S", d),
  r: (d) => `${dateText("I:M:S", d)} ${d.getUTCHours() < 12 ? "AM" : "PM"}`,
  D: (d) => dateText("m/d/y", d),
  F: (d) => dateText("Y-m-d", d),
  c: (d) => dateText("a b d H:M:S Z Y", d),
};

function dayOfYear(date: Date): number {
  const start = Date.UTC(date.getUTCFullYear(), 0, 1);
  return Math.floor((date.getTime() - start) / MS_PER_DAY) + 1;
}

function dateText(letters: string, date: Date): string {
  return letters.replace(/[a-zA-Z]/g, (letter) => fields[letter]?.(date) ?? letter);
}

/** %tY and its like: a Long is a number of milliseconds since 1970; no other value a template has is a date. */
export function formatDate(specifier: FormatSpecifier, value: unknown, env: CallEnvironment): string {
  if (value === null) return "null";
  const { conversion } = specifier;
  if (!(value instanceof JavaLong)) throw conversionMismatch(conversion, value, env);
  return fields[conversion]?.(new Date(Number(value.value))) ?? "";
}
