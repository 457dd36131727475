import type { Operation } from "./operation";
import { OPERATIONS } from "./operation-list";

export type RoutedOperation = {
  readonly operation: Operation;
  /** The parameters of the address, decoded. */
  readonly params: Readonly<Record<string, string>>;
};

// Those with a fixed query first: their address fits the ones without, too.
const byQuery = OPERATIONS.toSorted(
  (a, b) => Object.keys(b.fixedQuery).length - Object.keys(a.fixedQuery).length,
);

/** The operation of a request; null if there is none. `path` begins after the endpoint's own path, still encoded. */
export function routeOperation(request: {
  method: string;
  path: string;
  query: URLSearchParams;
}): RoutedOperation | null {
  const texts = request.path.replace(/\/$/, "").split("/").slice(1).map(decode);
  if (texts.includes(null)) return null;
  for (const operation of byQuery) {
    if (operation.method !== request.method || operation.segments.length !== texts.length) continue;
    const isAsked = Object.entries(operation.fixedQuery).every(
      ([name, value]) => request.query.get(name) === value,
    );
    const params = isAsked ? matchSegments(operation, texts as string[]) : null;
    if (params) return { operation, params };
  }
  return null;
}

function matchSegments(operation: Operation, texts: readonly string[]): Record<string, string> | null {
  const params: Record<string, string> = {};
  for (const [index, segment] of operation.segments.entries()) {
    const text = texts[index] as string;
    if ("literal" in segment) {
      if (segment.literal !== text) return null;
    } else if (text === "") return null;
    else params[segment.param] = text;
  }
  return params;
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
