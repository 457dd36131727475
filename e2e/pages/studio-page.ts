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
    steps: page.getByRole("listbox", { name: "Steps" }),
    chosenStep: page.getByRole("region", { name: "Chosen step" }),
    marked: page.getByLabel("Rendered output").locator("mark"),
    step: (text: string) =>
      page.getByRole("listbox", { name: "Steps" }).getByRole("option").filter({ hasText: text }),
    async showAs(view: "Raw" | "Pretty" | "Trace") {
      await page.getByRole("radio", { name: view, exact: true }).click();
    },
    async chooseMethod(words: RegExp) {
      await page.getByRole("combobox", { name: "Method", exact: true }).click();
      await page.getByRole("option", { name: words }).click();
    },
    async chooseTemplate(words: string) {
      await page.getByRole("combobox", { name: "Template of the method" }).click();
      await page.getByRole("option", { name: words }).click();
      await expect(page.getByRole("combobox", { name: "Template of the method" })).toHaveText(words);
    },
  };
}
