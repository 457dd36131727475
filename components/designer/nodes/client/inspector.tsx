"use client";
import Link from "next/link";
import { useApi } from "../../../api/use-api";
import { useSession } from "../../../shell/session";
import { CodeBlock } from "../../../ui/code-block";
import { useDraft } from "../../store/draft-provider";
import type { InspectorProps } from "../inspector-props";
import { InspectorSection } from "../inspector-section";

/** Who calls, and how: the addresses of the stages that serve this method. */
export function ClientInspector({ path, method }: InspectorProps) {
  const { apiId } = useDraft();
  const { data: api } = useApi(apiId);
  const { data: session } = useSession();
  const verb = method.httpMethod === "ANY" ? "GET" : method.httpMethod;
  return (
    <>
      <InspectorSection title="Calling it">
        <p className="text-muted">
          {method.apiKeyRequired
            ? "Clients send their API key in the header x-api-key; it must be in a usage plan of the stage."
            : "No API key is needed, so no usage plan limits these calls: only the stage's throttle does."}
        </p>
        {api?.stages.length === 0 ? (
          <p className="text-muted">Not deployed yet. Deploy it to give it an address.</p>
        ) : null}
      </InspectorSection>
      {api?.stages.map((stage) => {
        const url = `${session?.gatewayUrl ?? ""}/${apiId}/${stage.name}${path}`;
        const key = method.apiKeyRequired ? " \\\n  -H 'x-api-key: YOUR_KEY'" : "";
        return (
          <InspectorSection
            key={stage.name}
            title={`Stage ${stage.name}`}
            aside={
              <Link
                href={`/apis/${apiId}/stages/${encodeURIComponent(stage.name)}`}
                className="text-accent text-sm hover:underline"
              >
                Open
              </Link>
            }
          >
            <CodeBlock label={`curl for ${stage.name}`} code={`curl -X ${verb} '${url}'${key}`} wrap />
          </InspectorSection>
        );
      })}
    </>
  );
}
