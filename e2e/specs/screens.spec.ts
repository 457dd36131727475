import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { sampleApi } from "../fixtures/sample-api";

type Screen = { name: string; path: (apiId: string) => string; shows: RegExp };

const SCREENS: readonly Screen[] = [
  { name: "home", path: () => "/", shows: /Home/ },
  { name: "apis", path: () => "/apis", shows: /Pet store/ },
  { name: "import", path: () => "/apis/import?sample", shows: /Import \d+ methods/ },
  { name: "design", path: (id) => `/apis/${id}/design`, shows: /Integration request/ },
  { name: "shared parts", path: (id) => `/apis/${id}/design?parts=models`, shows: /Shared by all methods/ },
  { name: "authorizers", path: (id) => `/apis/${id}/design?parts=authorizers`, shows: /authorizer/i },
  { name: "documentation", path: (id) => `/apis/${id}/design?parts=documentation`, shows: /Documentation/ },
  { name: "templates", path: (id) => `/apis/${id}/templates`, shows: /valid JSON|not JSON/ },
  { name: "test", path: (id) => `/apis/${id}/test`, shows: /Run/ },
  { name: "deploy", path: (id) => `/apis/${id}/design?deploy`, shows: /Deploy Pet store/ },
  { name: "deployments", path: (id) => `/apis/${id}/deployments`, shows: /#1/ },
  { name: "stages", path: (id) => `/apis/${id}/stages`, shows: /dev/ },
  { name: "stage", path: (id) => `/apis/${id}/stages/dev`, shows: /Invoke URL/ },
  { name: "throttling", path: (id) => `/apis/${id}/stages/dev?tab=throttling`, shows: /Throttling/ },
  { name: "cache", path: (id) => `/apis/${id}/stages/dev?tab=cache`, shows: /Keep answers/ },
  { name: "metrics", path: (id) => `/apis/${id}/metrics`, shows: /Keys and plans/ },
  { name: "history", path: (id) => `/apis/${id}/history`, shows: /History/ },
  { name: "settings", path: (id) => `/apis/${id}/settings`, shows: /Settings/ },
  { name: "usage plans", path: () => "/usage-plans", shows: /Free/ },
  { name: "api keys", path: () => "/api-keys", shows: /Issue a key/ },
  { name: "issue a key", path: () => "/api-keys?issue", shows: /Issue an API key/ },
  { name: "domains", path: () => "/domains", shows: /Domain names/ },
  { name: "new domain", path: () => "/domains?new", shows: /New domain name/ },
  { name: "functions", path: () => "/functions", shows: /Functions/ },
  { name: "people", path: () => "/people", shows: /owner@example.com/ },
  { name: "tokens", path: () => "/tokens", shows: /token/i },
  { name: "audit", path: () => "/audit", shows: /Audit/ },
  { name: "nodes", path: () => "/nodes", shows: /Nodes/ },
];

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

test.describe.configure({ mode: "parallel" });

/** As many tests as share the screens out among the workers. */
const PARTS = 4;

for (let part = 0; part < PARTS; part++) {
  const screens = SCREENS.filter((_, index) => index % PARTS === part);
  test(`${screens.map(({ name }) => name).join(", ")}: light, dark and on a phone, without a console error or an accessibility violation`, async ({
    page,
    request,
  }) => {
    test.setTimeout(150_000);
    const { id } = await sampleApi(request);
    const complaints: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(`${page.url()}: ${message.text()}`);
    });
    page.on("pageerror", (error) => complaints.push(`${page.url()}: ${error.message}`));
    for (const screen of screens) await look(page, screen, screen.path(id));
    expect(complaints).toEqual([]);
  });
}

/** Each screen is opened once: opening it is most of the time. */
async function look(page: Page, { name, shows }: Screen, path: string): Promise<void> {
  const shot = (kind: string) =>
    page.screenshot({ path: `test-results/screens/${kind}-${name.replaceAll(" ", "-")}.png` });
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await page.goto(path);
  await expect(page.getByText(shows).first(), name).toBeVisible({ timeout: 15_000 });
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
