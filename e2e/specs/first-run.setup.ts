import { expect, test as setup } from "@playwright/test";
import { owner } from "../fixtures/stack";
import { setupPage } from "../pages/setup-page";

setup(
  "a new instance leads whoever comes first to the page that makes the owner's account",
  async ({ page }) => {
    await page.goto("/");
    const first = setupPage(page);
    await expect(first.heading).toBeVisible();
    await first.createOwner(owner);
    await expect(page.getByRole("navigation").first()).toBeVisible();
    await expect(page).not.toHaveURL(/setup|sign-in/);
    await page.context().storageState({ path: "test-results/owner.json" });
  },
);
