import type { ImportContext } from "./import-context";

/**
 * The path in front of every path of the document, with where it is written: Swagger's `basePath`; in OpenAPI 3 the
 * default of the first server's variable `basePath`, else the path of its URL (developer guide, "basePath").
 */
export function readBasePath(context: ImportContext): {
  prefix: string;
  translate: (path: string) => string;
} {
  const { source, report, version, options } = context;
  const mode = options.basePath ?? "ignore";
  let at = source.root.get("basePath");
  let text = version === "2.0" ? (at.text() ?? "") : "";
  if (version !== "2.0") {
    const server = source.root.get("servers").items()[0];
    const variable = server?.get("variables").get("basePath").get("default");
    at = server?.get("url") ?? at;
    if (variable?.exists) at = variable;
    text = variable?.text() ?? pathOfUrl(at.text() ?? "");
  }
  const parts = text.split("/").filter((part) => part !== "");
  if (parts.length === 0) return { prefix: "", translate: (path) => path };
  const full = `/${parts.join("/")}`;
  if (mode === "ignore") {
    report.dropped(at, `The base path ${full} is ignored: paths begin after the stage's name`);
    return { prefix: "", translate: (path) => path };
  }
  const prefix = (mode === "prepend" ? parts : parts.slice(1)).map((part) => `/${part}`).join("");
  report.translated(at, `The base path ${full} puts ${prefix || "nothing"} in front of every path`);
  return { prefix, translate: (path) => prefix + (path === "/" ? "" : path) || "/" };
}

function pathOfUrl(url: string): string {
  return url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, "").replace(/[?#].*$/s, "");
}
