import { createPrivateKey, X509Certificate } from "node:crypto";
import { describe, expect, it } from "vitest";
import { integer, oid, sequence, time, utf8 } from "./der";
import { selfSignedCertificate } from "./self-signed-certificate";

describe("selfSignedCertificate", () => {
  it("is a certificate that its own key signed and OpenSSL reads, for TLS clients, of the time asked for", async () => {
    const from = new Date("2026-01-02T03:04:05Z");
    const until = new Date("2055-01-02T03:04:05Z");
    const made = await selfSignedCertificate({ commonName: "ApiGateway", from, until });
    const certificate = new X509Certificate(made.certificatePem);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.checkPrivateKey(createPrivateKey(made.privateKeyPem))).toBe(true);
    expect(certificate.checkIssued(certificate)).toBe(true);
    expect(certificate.subject).toBe("O=Gatehouse\nCN=ApiGateway");
    expect(certificate.ca).toBe(true);
    expect(certificate.keyUsage).toEqual(["1.3.6.1.5.5.7.3.2"]);
    expect([certificate.validFrom, certificate.validTo].map((text) => Date.parse(text))).toEqual([
      from.getTime(),
      until.getTime(),
    ]);
  });

  it("has a serial number of its own each time", async () => {
    const of = { commonName: "x", from: new Date(0), until: new Date(1e12) };
    const made = await Promise.all([selfSignedCertificate(of), selfSignedCertificate(of)]);
    const serials = made.map(({ certificatePem }) => new X509Certificate(certificatePem).serialNumber);
    expect(new Set(serials).size).toBe(2);
  });
});

describe("DER", () => {
  it.each([
    ["a positive number whose first bit is set", integer(Buffer.from("0080ff", "hex")), "02030080ff"],
    ["zero", integer(Buffer.from("0000", "hex")), "020100"],
    ["an identifier with a large part", oid("1.2.840.113549"), "06062a864886f70d"],
    ["a length of one byte", sequence(utf8("a".repeat(198))).subarray(0, 6), "3081c90c81c6"],
    ["a length of two bytes", sequence(utf8("a".repeat(298))).subarray(0, 8), "3082012e0c82012a"],
    ["a year of two digits", time(new Date("2026-11-25T01:02:03Z")), "170d3236313132353031303230335a"],
    ["a year of four digits", time(new Date("2050-11-25T01:02:03Z")), "180f32303530313132353031303230335a"],
  ])("writes %s", (_, bytes, hex) => {
    expect(bytes.toString("hex")).toBe(hex);
  });
});
