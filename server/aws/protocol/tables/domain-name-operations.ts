import type { OperationRow } from "@/server/aws/protocol/operation";

/** Source: the service's API model, apigateway 2015-07-09. The notation is explained in `member-notation.ts`. */
export const DOMAIN_NAME_OPERATIONS: readonly OperationRow[] = [
  [
    "CreateDomainNameAccessAssociation",
    "POST /domainnameaccessassociations",
    201,
    "domainNameArn*, accessAssociationSourceType*:AccessAssociationSourceType, accessAssociationSource*, tags:{}",
  ],
  [
    "GetDomainNameAccessAssociations",
    "GET /domainnameaccessassociations",
    200,
    "?position, ?limit:int, ?resourceOwner:ResourceOwner",
  ],
  [
    "DeleteDomainNameAccessAssociation",
    "DELETE /domainnameaccessassociations/{domainNameAccessAssociationArn}",
    202,
    "",
  ],
  [
    "CreateDomainName",
    "POST /domainnames",
    201,
    "domainName*, certificateName, certificateBody, certificatePrivateKey, certificateChain, certificateArn, regionalCertificateName, regionalCertificateArn, endpointConfiguration:EndpointConfiguration, tags:{}, securityPolicy, endpointAccessMode:EndpointAccessMode, mutualTlsAuthentication:MutualTlsAuthenticationInput, ownershipVerificationCertificateArn, policy, routingMode:RoutingMode",
  ],
  ["GetDomainNames", "GET /domainnames", 200, "?position, ?limit:int, ?resourceOwner:ResourceOwner"],
  ["GetDomainName", "GET /domainnames/{domainName}", 200, "?domainNameId"],
  [
    "UpdateDomainName",
    "PATCH /domainnames/{domainName}",
    200,
    "?domainNameId, patchOperations:[PatchOperation]",
  ],
  ["DeleteDomainName", "DELETE /domainnames/{domainName}", 202, "?domainNameId"],
  [
    "CreateBasePathMapping",
    "POST /domainnames/{domainName}/basepathmappings",
    201,
    "?domainNameId, basePath, restApiId*, stage",
  ],
  [
    "GetBasePathMappings",
    "GET /domainnames/{domainName}/basepathmappings",
    200,
    "?domainNameId, ?position, ?limit:int",
  ],
  ["GetBasePathMapping", "GET /domainnames/{domainName}/basepathmappings/{basePath}", 200, "?domainNameId"],
  [
    "UpdateBasePathMapping",
    "PATCH /domainnames/{domainName}/basepathmappings/{basePath}",
    200,
    "?domainNameId, patchOperations:[PatchOperation]",
  ],
  [
    "DeleteBasePathMapping",
    "DELETE /domainnames/{domainName}/basepathmappings/{basePath}",
    202,
    "?domainNameId",
  ],
  [
    "RejectDomainNameAccessAssociation",
    "POST /rejectdomainnameaccessassociations",
    202,
    "?domainNameAccessAssociationArn*, ?domainNameArn*",
  ],
];
