import { expect, type Page } from "@playwright/test";
import { codeEditor } from "./parts/code-editor";

/** The template studio: sample, template, output. */
export function studioPage(page: Page) {
  return {
    sampleBody: codeEditor(page, "Sample body"),
    template: codeEditor(page, "Template"),
    output: page.getByLabel("Rendered output"),
    /** To the character: locators fold white space. */
    outputText: () => page.getByLabel("Rendered output").evaluate((node) => node.textContent),
    problem: page.getByRole("region", { name: "Output" }).getByRole("alert"),
    async chooseTemplate(words: string) {
      await page.getByRole("combobox", { name: "Template of the method" }).click();
      await page.getByRole("option", { name: words }).click();
      await expect(page.getByRole("combobox", { name: "Template of the method" })).toHaveText(words);
    },
  };
}
