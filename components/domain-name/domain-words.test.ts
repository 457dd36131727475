import { describe, expect, it } from "vitest";
import { addressOf, certificateState, type Domain, tryCommand } from "./domain-words";
import { stageAddresses } from "./stage-addresses";

const now = new Date("2026-11-26T00:00:00Z");
const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000 + 60_000).toISOString();
const certificate = {
  certificatePem: "",
  subject: "",
  issuer: "",
  expiresAt: inDays(90),
  isSelfSigned: false,
  coversName: true,
};
const domain: Domain = {
  domainName: "api.example.com",
  createdAt: now,
  securityPolicy: "TLS_1_2",
  certificate,
  truststore: null,
  mappings: [],
};
const gateway = { host: "127.0.0.1", port: 8080, tlsPort: 8443 };

describe("the state of a domain name", () => {
  it.each([
    [null, "warn", "the gateway's own"],
    [certificate, "ok", "valid"],
    [{ ...certificate, isSelfSigned: true }, "ok", "self-signed"],
    [{ ...certificate, expiresAt: inDays(29) }, "warn", "29 days left"],
    [{ ...certificate, expiresAt: inDays(1) }, "warn", "1 day left"],
    [{ ...certificate, expiresAt: inDays(-1) }, "bad", "expired"],
    [{ ...certificate, coversName: false }, "bad", "for another name"],
  ])("%#: is told by its worst", (of, tone, text) => {
    expect(certificateState({ certificate: of }, now)).toEqual({ tone, text });
  });
});

describe("the address of a mapping", () => {
  it("is with TLS where the gateway has it, without the scheme's own port, and says where the stage goes", () => {
    const root = { basePath: "", stageName: "prod" };
    expect(addressOf(domain, root, gateway)).toBe("https://api.example.com:8443/");
    expect(addressOf(domain, root, { ...gateway, tlsPort: 443 })).toBe("https://api.example.com/");
    expect(addressOf(domain, root, { ...gateway, tlsPort: null })).toBe("http://api.example.com:8080/");
    const any = { basePath: "v1/pets", stageName: null };
    expect(addressOf({ domainName: "*.example.com" }, any, { ...gateway, port: 80, tlsPort: null })).toBe(
      "http://any-name.example.com/v1/pets/{stage}",
    );
  });

  it("are a stage's: those that name it, and those that take its name from the path", () => {
    const mapping = (basePath: string, stageName: string | null, apiId = "a") => ({
      basePath,
      stageName,
      apiId,
      apiName: "A",
      isStageThere: true,
    });
    const mappings = [
      mapping("", "prod"),
      mapping("x", null),
      mapping("y", "dev"),
      mapping("z", "prod", "b"),
    ];
    const list = { domains: [{ ...domain, mappings }], gateway: { ...gateway, tlsPort: 443 } };
    expect(stageAddresses(list, { apiId: "a", stageName: "prod" })).toEqual([
      "https://api.example.com/",
      "https://api.example.com/x/prod",
    ]);
  });

  it("can be tried before there is a DNS record", () => {
    const mapping = { basePath: "v1", stageName: "prod" };
    expect(tryCommand(domain, mapping, gateway)).toBe(
      "curl --connect-to api.example.com:8443:localhost:8443 'https://api.example.com:8443/v1'",
    );
    const careful = {
      ...domain,
      certificate: { ...certificate, isSelfSigned: true },
      truststore: { certificates: 1, uri: null },
    };
    expect(tryCommand(careful, mapping, { ...gateway, tlsPort: 443 })).toBe(
      "curl --insecure --cert client.crt --key client.key --connect-to api.example.com:443:localhost:443 'https://api.example.com/v1'",
    );
  });

  it.each([
    ["$(reboot)", "'https://api.example.com:8443/$(reboot)'"],
    ["it's", "'https://api.example.com:8443/it'\\''s'"],
  ])("is no command of its own when it is pasted: %s", (basePath, quoted) => {
    const command = tryCommand(domain, { basePath, stageName: "prod" }, gateway);
    expect(command.slice(command.indexOf("'"))).toBe(quoted);
  });
});
