/** The id under which a domain name's private key is sealed; `domainName` in lower case. */
export const domainSecretId = (workspaceId: string, domainName: string) =>
  `domain-name/${workspaceId}/${domainName}`;
