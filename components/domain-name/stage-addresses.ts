import { addressOf, type DomainList } from "./domain-words";

/** Where a stage is reached under domain names. */
export function stageAddresses(
  { domains, gateway }: DomainList,
  target: { apiId: string; stageName: string },
): string[] {
  return domains.flatMap((domain) =>
    domain.mappings
      .filter(
        ({ apiId, stageName }) =>
          apiId === target.apiId && (stageName === null || stageName === target.stageName),
      )
      .map((mapping) => addressOf(domain, mapping, gateway).replace("{stage}", target.stageName)),
  );
}
