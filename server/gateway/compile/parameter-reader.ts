import type { Exchange } from "../exchange";

/** Reads `method.request.{path|querystring|header}.NAME`: the last value, names case-sensitive (recorded). */
export function parameterReader(location: string): (exchange: Exchange) => string | undefined {
  const [, , place = "", ...rest] = location.split(".");
  const name = rest.join(".");
  switch (place) {
    case "path":
      return ({ parameters }) => parameters.path[name];
    case "querystring":
      return ({ parameters }) => parameters.query[name];
    case "header":
      return ({ parameters }) => parameters.headers[name];
    default:
      return () => undefined;
  }
}
