"use client";
import { useQuery } from "@tanstack/react-query";
import { Globe } from "lucide-react";
import { Gate } from "../shell/gate";
import { Loaded } from "../shell/loaded";
import { PageBody, PageHeader } from "../shell/page-header";
import { useCan } from "../shell/session";
import { useSearchState } from "../shell/use-search-state";
import { useTRPC } from "../trpc/trpc";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { ExpiryDate } from "../ui/relative-time";
import { EmptyState } from "../ui/state/empty-state";
import { Notice } from "../ui/state/notice";
import { Table, Td, Th, Tr } from "../ui/table";
import { DomainDrawer } from "./domain-drawer";
import { certificateState, type Domain, type DomainList, POLICY_WORDS } from "./domain-words";
import { NewDomainDialog } from "./new-domain-dialog";

/** Custom domain names with their certificates and what they lead to. */
export function DomainListScreen() {
  const trpc = useTRPC();
  const can = useCan();
  const search = useSearchState();
  const query = useQuery({ ...trpc.domainName.list.queryOptions(), enabled: can("api:read") });
  const chosen = query.data?.domains.find(({ domainName }) => domainName === search.get("domain"));
  const button = can("api:write") ? (
    <Button variant="primary" onClick={() => search.set({ new: "" })}>
      New domain name
    </Button>
  ) : null;
  return (
    <>
      <PageHeader crumbs={[{ label: "Domain names" }]} actions={query.data?.domains.length ? button : null} />
      <PageBody>
        <Gate permission="api:read">
          <Loaded query={query}>
            {({ domains, gateway }) => (
              <div className="flex flex-col gap-4">
                <Listening gateway={gateway} />
                {domains.length === 0 ? (
                  <EmptyState icon={<Globe />} title="No domain names" actions={button}>
                    Clients reach your stages under{" "}
                    <code className="mono">localhost:{gateway.port}/API/STAGE</code>. A domain name gives them
                    an address of your own, such as <code className="mono">https://api.example.com/v1</code>.
                  </EmptyState>
                ) : (
                  <DomainTable
                    domains={domains}
                    chosen={chosen?.domainName}
                    onChoose={(domainName) => search.set({ domain: domainName })}
                  />
                )}
              </div>
            )}
          </Loaded>
        </Gate>
      </PageBody>
      {chosen && query.data ? (
        <DomainDrawer
          key={chosen.domainName}
          domain={chosen}
          gateway={query.data.gateway}
          onClose={() => search.set({ domain: null })}
        />
      ) : null}
      {search.has("new") && can("api:write") ? (
        <NewDomainDialog onClose={(domainName) => search.set({ new: null, domain: domainName ?? null })} />
      ) : null}
    </>
  );
}

function Listening({ gateway: { port, tlsPort } }: { gateway: DomainList["gateway"] }) {
  if (tlsPort !== null) return null;
  return (
    <Notice tone="info" title="The gateway does not take HTTPS yet">
      Set <code className="mono">GATEHOUSE_TLS_PORT</code>, for example to 8443, and start Gatehouse anew.
      Until then domain names are served on port {port} without TLS, and those with mutual TLS not at all.
    </Notice>
  );
}

function DomainTable({
  domains,
  chosen,
  onChoose,
}: {
  domains: readonly Domain[];
  chosen: string | undefined;
  onChoose: (domainName: string) => void;
}) {
  return (
    <div className="overflow-x-auto rounded-lg border border-line bg-surface">
      <Table label="Domain names">
        <thead>
          <tr>
            <Th>Name</Th>
            <Th>Leads to</Th>
            <Th>Certificate</Th>
            <Th>Expires</Th>
            <Th>TLS</Th>
          </tr>
        </thead>
        <tbody className="[&>tr:last-child>td]:border-0">
          {domains.map((domain) => (
            <DomainRow
              key={domain.domainName}
              domain={domain}
              isChosen={domain.domainName === chosen}
              onChoose={() => onChoose(domain.domainName)}
            />
          ))}
        </tbody>
      </Table>
    </div>
  );
}

function DomainRow({
  domain,
  isChosen,
  onChoose,
}: {
  domain: Domain;
  isChosen: boolean;
  onChoose: () => void;
}) {
  const { domainName, mappings, certificate, securityPolicy, truststore } = domain;
  const { tone, text } = certificateState(domain, new Date());
  const isBroken = mappings.some(({ isStageThere }) => !isStageThere);
  const [first, ...more] = mappings;
  return (
    <Tr selected={isChosen} onOpen={onChoose}>
      <Td>
        <button type="button" className="mono font-medium" onClick={onChoose}>
          {domainName}
        </button>
      </Td>
      <Td className={isBroken ? "text-bad" : undefined}>
        {first ? (
          <>
            {first.apiName ?? "an API that is gone"} › {first.stageName ?? "from the path"}
            {more.length > 0 ? <span className="text-muted"> and {more.length} more</span> : null}
          </>
        ) : (
          <span className="text-faint">nothing yet</span>
        )}
      </Td>
      <Td>
        <Badge tone={tone}>{text}</Badge>
      </Td>
      <Td className="whitespace-nowrap">
        {certificate ? <ExpiryDate at={certificate.expiresAt} /> : <span className="text-faint">–</span>}
      </Td>
      <Td className="whitespace-nowrap text-muted">
        {POLICY_WORDS[securityPolicy] ?? securityPolicy}
        {truststore ? ", mutual" : ""}
      </Td>
    </Tr>
  );
}
