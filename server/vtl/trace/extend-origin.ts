import type { TraceOrigin } from "@/server/vtl/trace/trace-types";

/** What a step of a reference, or a round of a loop, leads to: a member's name or an element's index. */
export type Access = string | number;

const MAX_PIECES = 6;
const MAX_CHAIN = 4;
const definitePath = /^\$?(\.?[\w-]+|\[\d+\]|\['[^']*'\])*$/;

const accessText = (access: Access): string => {
  if (typeof access === "number") return `[${access}]`;
  return /^[A-Za-z_][\w-]*$/.test(access) ? `.${access}` : `['${access}']`;
};

const placesByGroup: Readonly<Record<string, "path" | "query" | "header">> = {
  path: "path",
  querystring: "query",
  header: "header",
};

/** The origin of a member of something; null where it is not known by a path. */
export function extendOrigin(origin: TraceOrigin, access: Access): TraceOrigin | null {
  switch (origin.kind) {
    case "payload": {
      if (origin.form !== "value") return null;
      const text = accessText(access);
      const isDefinite = origin.within === "" && definitePath.test(origin.path);
      return isDefinite
        ? { ...origin, path: origin.path + text }
        : { ...origin, within: origin.within + text };
    }
    case "parameter": {
      if (origin.name !== null) return null;
      if (origin.place !== null) return { ...origin, name: String(access) };
      const place = placesByGroup[String(access)];
      return place === undefined ? null : { ...origin, place };
    }
    case "context":
      return { ...origin, name: origin.name === "" ? String(access) : `${origin.name}.${access}` };
    case "stage-variable":
      return origin.name === null ? { ...origin, name: String(access) } : null;
    case "variable": {
      if (origin.from.kind === "template") return origin;
      const from = extendOrigin(origin.from, access);
      return from === null ? null : { ...origin, from };
    }
    // Members of what was computed are of the same data.
    case "expression":
      return origin;
    default:
      return null;
  }
}

/** The data an origin goes back to, without the variables and expressions on the way. */
function dataOf(origin: TraceOrigin): readonly TraceOrigin[] {
  if (origin.kind === "variable") return dataOf(origin.from);
  if (origin.kind === "expression") return origin.from;
  return origin.kind === "template" ? [] : [origin];
}

/** Something computed of these. Their data is kept once each, so that origins do not grow from round to round. */
export function combineOrigins(text: string, origins: readonly TraceOrigin[]): TraceOrigin {
  const pieces = new Map<string, TraceOrigin>();
  for (const piece of origins.flatMap(dataOf)) {
    if (pieces.size < MAX_PIECES) pieces.set(JSON.stringify(piece), piece);
  }
  return { kind: "expression", text, from: [...pieces.values()] };
}

function chainLength(origin: TraceOrigin): number {
  return origin.kind === "variable" ? 1 + chainLength(origin.from) : 0;
}

/** A variable that was set from something. Of a chain of variables the last few are kept. */
export function variableOrigin(
  name: string,
  { line, column }: { readonly line: number; readonly column: number },
  from: TraceOrigin,
): TraceOrigin {
  let rest = from;
  if (chainLength(from) >= MAX_CHAIN) while (rest.kind === "variable") rest = rest.from;
  return { kind: "variable", name, line, column, from: rest };
}
