import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** The rules that colours can break; the others find the same in light and dark. */
const COLOR_RULES = ["color-contrast", "link-in-text-block"];

/** Rules of WCAG 2.1 AA that the page breaks, each with where. */
async function violationsOf(page: Page, rules?: string[]): Promise<string[]> {
  const axe = new AxeBuilder({ page })
    .options({ resultTypes: ["violations"] })
    // Without frames of other origins, which there are none of; they would need another page each time.
    .setLegacyMode()
    // Monaco's own input and React Flow's attribution are theirs to mend.
    .exclude(".monaco-editor")
    .exclude(".react-flow__attribution");
  if (rules) axe.withRules(rules);
  else axe.withTags(["wcag2a", "wcag2aa", "wcag21aa"]);
  const { violations } = await axe.analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(" | ")}`);
}

/** What is looked at, as it stands once it has loaded: pictures in light, in dark and on a phone; no rule broken, nothing too wide. */
export async function lookAt(page: Page, name: string): Promise<void> {
  const shot = (kind: string) =>
    page.screenshot({ path: `test-results/screens/${kind}-${name.replaceAll(" ", "-")}.png` });
  await expect(page.getByRole("status", { name: "Loading" }), name).toHaveCount(0);
  await shot("light");
  expect.soft(await violationsOf(page), `${name} in light`).toEqual([]);

  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await expect(page.locator("html"), name).toHaveAttribute("data-theme", "dark");
  await shot("dark");
  expect.soft(await violationsOf(page, COLOR_RULES), `${name} in dark`).toEqual([]);

  await page.setViewportSize({ width: 390, height: 844 });
  await shot("phone");
  const width = () => page.evaluate(() => document.documentElement.scrollWidth);
  await expect.soft.poll(width, { message: name }).toBeLessThanOrEqual(390);
}

/** The colours and the size that `lookAt` begins with. */
export async function beginLook(page: Page): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
}

/** Errors that the page tells its console, as they come. */
export function complaintsOf(page: Page): readonly string[] {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(`${page.url()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`${page.url()}: ${error.message}`));
  return complaints;
}
