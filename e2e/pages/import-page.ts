import type { Page } from "@playwright/test";

/** Document on the left, what it would become on the right, one button that makes it. */
export function importPage(page: Page) {
  return {
    document: page.getByRole("textbox", { name: "OpenAPI document" }),
    problem: page.getByRole("alert"),
    reportTab: page.getByRole("tab", { name: /^Report/ }),
    importButton: page.getByRole("button", { name: /^Import/ }),
    async open() {
      await page.goto("/apis/import");
    },
    /** Pastes a document and waits until the preview is there. */
    async paste(source: string) {
      await this.document.fill(source);
    },
    async run() {
      await this.importButton.click();
      await page.waitForURL(/\/apis\/[a-z0-9]{10}\/design/);
    },
  };
}
