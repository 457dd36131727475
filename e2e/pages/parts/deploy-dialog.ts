import { expect, type Page } from "@playwright/test";

/** The deploy dialog: what will change, where, and proof that it is live. */
export function deployDialog(page: Page) {
  const dialog = page.getByRole("dialog");
  return {
    changes: dialog.getByRole("region", { name: "What will change" }),
    async deployTo(stageName: string, description: string) {
      await page.getByRole("button", { name: "Deploy", exact: true }).click();
      await dialog.getByLabel("Description").fill(description);
      const newName = dialog.getByLabel("Stage name");
      if (await newName.isVisible()) await newName.fill(stageName);
      else {
        await dialog.getByLabel("Stage", { exact: true }).click();
        const known = page.getByRole("option", { name: stageName });
        if (await known.isVisible()) await known.click();
        else {
          await page.getByRole("option", { name: "New stage" }).click();
          await newName.fill(stageName);
        }
      }
      await dialog.getByRole("button", { name: `Deploy to ${stageName}` }).click();
      await expect(dialog.getByText(/on 1\/1 nodes?|1 of 1|1\/1/)).toBeVisible();
    },
    async done() {
      await dialog.getByRole("button", { name: "Done" }).click();
      await expect(dialog).toBeHidden();
    },
  };
}
