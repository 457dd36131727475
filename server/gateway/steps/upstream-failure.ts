import { configurationError, GatewayError } from "../errors";
import { UpstreamError } from "../ports";

/**
 * Refused connections and unknown hosts are configuration errors, broken ones INTEGRATION_FAILURE (observed on
 * AWS by others), slow ones INTEGRATION_TIMEOUT.
 */
export function upstreamFailure(error: unknown): unknown {
  if (!(error instanceof UpstreamError)) return error;
  switch (error.kind) {
    case "address":
      return configurationError("Invalid endpoint address", error);
    case "timeout":
      return new GatewayError("INTEGRATION_TIMEOUT", {
        logLine: "Execution failed due to a timeout error",
        cause: error,
      });
    case "size":
      return configurationError(
        `Integration response of reported length exceeds the maximum: ${error.message}`,
        error,
      );
    case "network":
      return new GatewayError("INTEGRATION_FAILURE", {
        logLine: "Execution failed due to a network error communicating with endpoint",
        cause: error,
      });
  }
}
