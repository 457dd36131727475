import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readHclExpression } from "@/server/testing/read-hcl";
import { hclQuoted, hclText } from "./hcl-text";

const odd = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "$",
        "%",
        "{",
        "}",
        "${",
        "%{",
        "$${",
        "%%{",
        '"',
        "\\",
        "\n",
        "\r",
        "\t",
        " ",
        "EOT",
        "EOT2",
        "'",
      ),
      fc.constantFrom(
        "#set($a = 1)",
        "${stageVariables.x}",
        "\u0000",
        "\u0085",
        "\u2028",
        "é",
        "😀",
        "<<",
        "\n\n",
      ),
      fc.string({ maxLength: 3 }),
    ),
    { maxLength: 25 },
  )
  .map((parts) => parts.join(""));

describe("a text in HCL", () => {
  it("is read back as it was, in quotes and as a heredoc", () => {
    fc.assert(
      fc.property(odd, (text) => {
        expect(readHclExpression(hclText(text))).toBe(text);
        expect(readHclExpression(hclQuoted(text))).toBe(text);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ["plain", '"plain"'],
    ["a ${b}", '"a $${b}"'],
    ["100%{x}", '"100%%{x}"'],
    ["$${x}", '"${"$"}$${x}"'],
    ['say "hi"\\', '"say \\"hi\\"\\\\"'],
    ["a\u0000", '"a\\u0000"'],
    ["one\n", '"one\\n"'],
    ["a\nb\n", "<<EOT\na\nb\nEOT\n"],
    ["a\n  EOT\nb", 'trimsuffix(<<EOT2\na\n  EOT\nb\nEOT2\n, "\\n")'],
    ["a\r\nb", '"a\\r\\nb"'],
  ])("%j is written so", (text, written) => {
    expect(hclText(text)).toBe(written);
  });
});
