import type { TraceOrigin } from "@/server/vtl/trace/trace-types";

const parameterWords = { path: "path parameter", query: "query parameter", header: "header" };

/** An origin in a few words, such as `$name (line 3) ← $.owner.name` or `header X-Id`. */
export function describeOrigin(origin: TraceOrigin): string {
  switch (origin.kind) {
    case "template":
      return "template";
    case "payload":
      return origin.form === "body" ? "body" : [origin.path, origin.within].filter(Boolean).join(" → ");
    case "parameter":
      return parameterText(origin);
    case "context":
      return origin.name === "" ? "$context" : `$context.${origin.name}`;
    case "stage-variable":
      return origin.name === null ? "$stageVariables" : `$stageVariables.${origin.name}`;
    case "variable":
      return `$${origin.name} (line ${origin.line}) ← ${describeOrigin(origin.from)}`;
    case "expression":
      return origin.from.length === 0
        ? origin.text
        : `${origin.text} of ${origin.from.map(describeOrigin).join(", ")}`;
    case "unknown":
      return "not traced";
  }
}

function parameterText({ place, name }: { place: keyof typeof parameterWords | null; name: string | null }) {
  if (place === null) return name === null ? "parameters" : `parameter ${name} (not sent)`;
  return name === null ? `all ${parameterWords[place]}s` : `${parameterWords[place]} ${name}`;
}
