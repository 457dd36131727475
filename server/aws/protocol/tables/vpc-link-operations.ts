import type { OperationRow } from "@/server/aws/protocol/operation";

/** Source: the service's API model, apigateway 2015-07-09. The notation is explained in `member-notation.ts`. */
export const VPC_LINK_OPERATIONS: readonly OperationRow[] = [
  ["GenerateClientCertificate", "POST /clientcertificates", 201, "description, tags:{}"],
  ["GetClientCertificates", "GET /clientcertificates", 200, "?position, ?limit:int"],
  ["GetClientCertificate", "GET /clientcertificates/{clientCertificateId}", 200, ""],
  [
    "UpdateClientCertificate",
    "PATCH /clientcertificates/{clientCertificateId}",
    200,
    "patchOperations:[PatchOperation]",
  ],
  ["DeleteClientCertificate", "DELETE /clientcertificates/{clientCertificateId}", 202, ""],
  ["CreateVpcLink", "POST /vpclinks", 202, "name*, description, targetArns*:[], tags:{}"],
  ["GetVpcLinks", "GET /vpclinks", 200, "?position, ?limit:int"],
  ["GetVpcLink", "GET /vpclinks/{vpcLinkId}", 200, ""],
  ["UpdateVpcLink", "PATCH /vpclinks/{vpcLinkId}", 200, "patchOperations:[PatchOperation]"],
  ["DeleteVpcLink", "DELETE /vpclinks/{vpcLinkId}", 202, ""],
];
