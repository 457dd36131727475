import type { Page } from "@playwright/test";

/** The canary of a stage: none, one that runs, and what earlier ones did. */
export function canaryPage(page: Page) {
  return {
    share: page.getByRole("slider", { name: "Share of traffic" }),
    steps: page.getByRole("region", { name: "Steps" }),
    compared: page.getByRole("region", { name: "Compared" }),
    reports: page.getByRole("region", { name: "Reports" }),
    abortNotice: page.getByRole("alert").filter({ hasText: "aborted by itself" }),
    override: (name: string) => page.getByRole("textbox", { name: `Value of ${name} for the canary` }),
    async open(apiId: string) {
      await page.goto(`/apis/${apiId}/stages/prod?tab=canary`);
    },
    /** For the eyes of whoever changes this screen: light and dark, wide and narrow. */
    async shoot(name: string) {
      const before = page.viewportSize();
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        for (const width of [1280, 390]) {
          await page.setViewportSize({ width, height: 900 });
          const path = `test-results/screens/canary-${name}-${colorScheme}-${width}.png`;
          await page.screenshot({ path, fullPage: true });
        }
      }
      if (before) await page.setViewportSize(before);
      await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    },
  };
}
