import { z } from "zod";

type Bare<T extends z.ZodType> =
  T extends z.ZodDefault<infer Inner> ? (Inner extends z.ZodType ? Inner : never) : T;

/**
 * The strict partial object of a shape whose fields have defaults. `.partial()` alone would fill in the default of
 * every field that is not given, and so reset it.
 */
export function withoutDefaults<Shape extends Record<string, z.ZodType>>(
  shape: Shape,
): z.ZodObject<{ [K in keyof Shape]: z.ZodOptional<Bare<Shape[K]>> }, z.core.$strict> {
  const bare = Object.fromEntries(
    Object.entries(shape).map(([name, field]) => [
      name,
      z.optional(field instanceof z.ZodDefault ? (field.unwrap() as z.ZodType) : field),
    ]),
  );
  return z.strictObject(bare) as never;
}
