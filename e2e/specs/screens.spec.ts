import { expect, type Page, test } from "@playwright/test";
import { sampleApi } from "../fixtures/sample-api";
import { beginLook, complaintsOf, lookAt } from "../pages/parts/look-at";

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
  {
    name: "metrics no longer kept",
    path: (id) => `/apis/${id}/metrics?from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00Z`,
    shows: /Metrics of this time are no longer kept/,
  },
  { name: "history", path: (id) => `/apis/${id}/history`, shows: /History/ },
  { name: "settings", path: (id) => `/apis/${id}/settings`, shows: /Settings/ },
  { name: "usage plans", path: () => "/usage-plans", shows: /Free/ },
  { name: "api keys", path: () => "/api-keys", shows: /Issue a key/ },
  { name: "issue a key", path: () => "/api-keys?issue", shows: /Issue an API key/ },
  { name: "domains", path: () => "/domains", shows: /No domain names|pets.example.com/ },
  { name: "new domain", path: () => "/domains?new", shows: /New domain name/ },
  { name: "functions", path: () => "/functions", shows: /Functions/ },
  { name: "people", path: () => "/people", shows: /owner@example.com/ },
  { name: "tokens", path: () => "/tokens", shows: /token/i },
  { name: "audit", path: () => "/audit", shows: /Audit/ },
  { name: "audit without a match", path: () => "/audit?kind=token&q=nobody", shows: /Nothing matches/ },
  { name: "nodes", path: () => "/nodes", shows: /Nodes/ },
];

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
    const complaints = complaintsOf(page);
    for (const screen of screens) await look(page, screen, screen.path(id));
    expect(complaints).toEqual([]);
  });
}

/** Each screen is opened once: opening it is most of the time. */
async function look(page: Page, { name, shows }: Screen, path: string): Promise<void> {
  await beginLook(page);
  await page.goto(path);
  await expect(page.getByText(shows).first(), name).toBeVisible({ timeout: 15_000 });
  await lookAt(page, name);
}

test("filters of a list are removed together with what its search box says", async ({ page }) => {
  await page.goto("/audit?kind=token&q=nobody");
  await page.getByRole("button", { name: "Remove the filters" }).click();
  await expect(page.getByRole("searchbox", { name: "Filter entries" })).toHaveValue("");
  await expect(page.getByText("Nothing matches")).toBeHidden();
  await expect(page).toHaveURL(/\/audit$/);
});
