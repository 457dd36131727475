import type { Page } from "@playwright/test";

/** The first page of a new instance. */
export function setupPage(page: Page) {
  return {
    heading: page.getByRole("heading", { name: "Set up this gateway" }),
    async createOwner(owner: { name: string; email: string; password: string }) {
      await page.getByLabel("Name", { exact: true }).fill(owner.name);
      await page.getByLabel("E-mail").fill(owner.email);
      await page.getByLabel("Password").fill(owner.password);
      await page.getByRole("button", { name: "Create the owner account" }).click();
    },
  };
}
