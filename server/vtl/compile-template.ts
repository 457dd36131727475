import type { CompiledTemplate } from "@/server/vtl/render-types";

/** Compiles a mapping template. Throws a VtlError of kind "parse". */
export function compileTemplate(source: string, options: { name?: string } = {}): CompiledTemplate {
  const name = options.name ?? "template";
  return {
    name,
    source,
    render: (bindings) => {
      const output = source.replace(
        /\$!?\{?(input\.body|(context|stageVariables)((?:\.[A-Za-z_][\w-]*)+))\}?/g,
        (_m, ref, root, path) => {
          if (ref === "input.body") return bindings.input.body || "{}";
          const names = (path as string).split(".").slice(1);
          let value: unknown =
            root === "context" ? bindings.context.get(names.shift() as string) : bindings.stageVariables;
          for (const part of names) {
            value =
              typeof value === "object" && value !== null && Object.hasOwn(value, part)
                ? (value as Record<string, unknown>)[part]
                : undefined;
          }
          return value === undefined || value === null || typeof value === "object" ? "" : String(value);
        },
      );
      return { output, overrides: {} };
    },
  };
}
