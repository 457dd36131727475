import { GatewayError } from "../errors";
import { Exchange } from "../exchange";
import type { HttpRequest } from "../http-message";
import { observe } from "../observation/observe";
import { beginTracing } from "../observation/tracing/begin-tracing";
import type { Ports } from "../ports";
import type { CompiledRoute, RuntimeApi, Step } from "../runtime-api";
import { finishExchange } from "../steps/finish-exchange";
import { renderError } from "../steps/render-error";
import { runTraced } from "./run-traced";

/**
 * Serves one request: finds its route, runs the route's steps, turns failures into gateway responses. Never
 * rejects. The exchange that comes back is the answer; a promise comes back only if some step had to wait.
 * The caller writes the answer and then calls `recordExchange`.
 */
export function handleHttp(
  runtime: RuntimeApi,
  request: HttpRequest,
  ports: Ports,
): Exchange | Promise<Exchange> {
  const exchange = new Exchange(runtime, request, ports);
  const found = runtime.match(request.method, request.path);
  if (ports.tracing) beginTracing(exchange, ports.tracing, ports.ids);
  if (runtime.isObserved || exchange.tracing?.isRecorded) observe(exchange, found?.route ?? null, ports);
  if (!found) {
    renderError(exchange, new GatewayError("MISSING_AUTHENTICATION_TOKEN"), ports);
    return exchange;
  }
  exchange.pathParameters = found.pathParameters;
  return serveRoute(exchange, found.route, ports);
}

/** Runs a route's steps on an exchange whose path parameters are set. */
export function serveRoute(
  exchange: Exchange,
  route: CompiledRoute,
  ports: Ports,
): Exchange | Promise<Exchange> {
  exchange.route = route;
  if (exchange.trace) return runTraced(exchange, route.steps, exchange.trace, ports);
  return run(exchange, route.steps, 0, ports);
}

function run(
  exchange: Exchange,
  steps: readonly Step[],
  from: number,
  ports: Ports,
): Exchange | Promise<Exchange> {
  try {
    for (let i = from; i < steps.length; i++) {
      const pending = (steps[i] as Step).run(exchange, ports);
      if (pending) {
        return pending.then(
          () => run(exchange, steps, i + 1, ports),
          (error) => {
            renderError(exchange, error, ports);
            finishExchange(exchange, ports);
            return exchange;
          },
        );
      }
    }
  } catch (error) {
    renderError(exchange, error, ports);
  }
  finishExchange(exchange, ports);
  return exchange;
}
