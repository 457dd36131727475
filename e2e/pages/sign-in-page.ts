import type { Page } from "@playwright/test";

export function signInPage(page: Page) {
  return {
    heading: page.getByRole("heading", { name: "Sign in" }),
    problem: page.getByText("E-mail or password is wrong."),
    async signIn({ email, password }: { email: string; password: string }) {
      await page.getByLabel("E-mail").fill(email);
      await page.getByLabel("Password").fill(password);
      await page.getByRole("button", { name: "Sign in" }).click();
    },
  };
}
