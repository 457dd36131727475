import { expect, type Page } from "@playwright/test";

type Limits = { rate?: number; burst?: number; quota?: number; period?: "day" | "week" | "month" };

/** Making a usage plan and choosing what it covers. */
export function usagePlanPage(page: Page) {
  return {
    async create(name: string, limits: Limits) {
      await page.goto("/usage-plans?new");
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("Name", { exact: true }).fill(name);
      await dialog
        .getByLabel("Rate", { exact: true })
        .fill(limits.rate === undefined ? "" : String(limits.rate));
      await dialog
        .getByLabel("Burst", { exact: true })
        .fill(limits.burst === undefined ? "" : String(limits.burst));
      if (limits.quota !== undefined) {
        await dialog.getByLabel("Quota", { exact: true }).fill(String(limits.quota));
        await dialog.getByLabel("Period", { exact: true }).click();
        await page.getByRole("option", { name: `per ${limits.period ?? "month"}` }).click();
      }
      await dialog.getByRole("button", { name: "Create plan" }).click();
      await page.waitForURL(/\/usage-plans\/[a-z0-9]+$/);
    },
    async addStage(label: string) {
      await page.getByRole("combobox", { name: "Add a stage" }).click();
      await page.getByRole("option", { name: label }).click();
      await expect(page.getByRole("link", { name: label })).toBeVisible();
    },
    /** Issues a key of this plan; answers its value, which is shown only here. */
    async issueKey(name: string) {
      await page.getByRole("link", { name: "Issue a key" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("Name", { exact: true }).fill(name);
      await dialog.getByRole("button", { name: "Issue key" }).click();
      const value = await dialog.getByLabel("API key", { exact: true }).innerText();
      await dialog.getByRole("checkbox", { name: "I have stored it" }).check();
      await dialog.getByRole("button", { name: "Done" }).click();
      return value.trim();
    },
  };
}
