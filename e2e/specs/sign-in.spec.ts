import { expect, test } from "@playwright/test";
import { owner } from "../fixtures/stack";
import { signInPage } from "../pages/sign-in-page";

test.use({ storageState: { cookies: [], origins: [] } });

test("signing in leads to the page that was asked for; a wrong password is refused", async ({ page }) => {
  await page.goto("/usage-plans");
  const signIn = signInPage(page);
  await expect(signIn.heading).toBeVisible();
  await signIn.signIn({ ...owner, password: "not the password" });
  await expect(signIn.problem).toBeVisible();
  await signIn.signIn(owner);
  await expect(page).toHaveURL(/\/usage-plans$/);
});

test("the setup page is closed once there is an owner", async ({ page }) => {
  await page.goto("/setup");
  await expect(signInPage(page).heading).toBeVisible();
});
