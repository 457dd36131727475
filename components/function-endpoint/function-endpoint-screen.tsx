"use client";
import { useQuery } from "@tanstack/react-query";
import { Gate } from "../shell/gate";
import { Loaded } from "../shell/loaded";
import { PageBody, PageHeader } from "../shell/page-header";
import { useTRPC } from "../trpc/trpc";
import { FunctionEndpointForm } from "./function-endpoint-form";

/** Where the workspace's functions run. */
export function FunctionEndpointScreen() {
  const trpc = useTRPC();
  const query = useQuery(trpc.functionEndpoint.get.queryOptions());
  return (
    <>
      <PageHeader crumbs={[{ label: "Functions" }]} />
      <PageBody>
        <Gate permission="token:read">
          <Loaded query={query}>
            {(endpoint) => (
              <FunctionEndpointForm key={String(endpoint?.updatedAt ?? "")} endpoint={endpoint} />
            )}
          </Loaded>
        </Gate>
      </PageBody>
    </>
  );
}
