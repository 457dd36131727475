import Link from "next/link";
import { counted } from "../shell/count-words";
import type { Answers } from "../trpc/trpc";

type Use = Answers["stage"]["use"];

export const isUsed = ({ plans, keys, domains, requests }: Use) =>
  plans.length + keys + domains.length + requests > 0;

/** What points at a stage, or at all stages of an API: plans, keys, domain names, clients. */
export function UseList({ use, nobody }: { use: Use; nobody: string }) {
  if (!isUsed(use)) return <p className="text-muted">{nobody}</p>;
  const { plans, keys, domains, requests } = use;
  return (
    <ul aria-label="Used by" className="flex flex-col gap-1">
      {plans.length > 0 ? (
        <li>
          <span className="num font-medium">{counted(plans.length, "usage plan")}</span> with{" "}
          <span className="num font-medium">{counted(keys, "key")}</span>:{" "}
          {plans.map(({ id, name, keys: own }, index) => (
            <span key={id}>
              {index > 0 ? ", " : ""}
              <Link href={`/usage-plans/${id}`} className="underline underline-offset-2">
                {name}
              </Link>
              <span className="num text-muted"> ({own})</span>
            </span>
          ))}
        </li>
      ) : null}
      {domains.length > 0 ? (
        <li>
          <span className="num font-medium">{counted(domains.length, "domain name mapping")}</span>:{" "}
          <span className="mono">
            {domains
              .map(({ domainName, basePath }) => `${domainName}/${basePath === "(none)" ? "" : basePath}`)
              .join(", ")}
          </span>
        </li>
      ) : null}
      {requests > 0 ? (
        <li>
          <span className="num font-medium">{counted(requests, "request")}</span> in the last hour
        </li>
      ) : null}
    </ul>
  );
}
