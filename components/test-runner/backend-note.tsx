import type { Method } from "@/server/gateway/snapshot/method";

/** What a test run does to the world outside, and what it leaves out. */
export function BackendNote({ method }: { method: Method }) {
  const integration = method.methodIntegration;
  const skipped = [
    method.apiKeyRequired ? "API key" : null,
    method.authorizationType === "NONE" ? null : "authorizer",
  ].filter(Boolean);
  return (
    <p className="text-muted text-sm">
      {!integration || integration.type === "MOCK" ? (
        "A mock: nothing outside is called. "
      ) : (
        <>
          <span className="font-medium text-warn">Really calls</span>{" "}
          <span className="mono break-all">{integration.uri ?? "the back end"}</span>, which may change data.{" "}
        </>
      )}
      {skipped.length > 0
        ? `The ${skipped.join(" and ")} of this method ${skipped.length > 1 ? "are" : "is"} not checked.`
        : null}
    </p>
  );
}
