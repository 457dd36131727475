import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { callApi } from "../fixtures/call-api";
import { stack } from "../fixtures/stack";

const DOCUMENT = JSON.stringify({
  openapi: "3.0.1",
  info: { title: "Observed", version: "1" },
  paths: {
    "/pets": {
      get: {
        responses: { "200": { description: "ok" } },
        "x-amazon-apigateway-integration": {
          type: "mock",
          requestTemplates: { "application/json": '{"statusCode": 200}' },
          responses: { default: { statusCode: "200", responseTemplates: { "application/json": "{}" } } },
        },
      },
      post: {
        responses: { "200": { description: "ok" } },
        security: [{ api_key: [] }],
        "x-amazon-apigateway-integration": {
          type: "mock",
          requestTemplates: { "application/json": '{"statusCode": 200}' },
          responses: { default: { statusCode: "200" } },
        },
      },
    },
  },
  components: { securitySchemes: { api_key: { type: "apiKey", name: "x-api-key", in: "header" } } },
});

async function shoot(page: Page, name: string) {
  const before = page.viewportSize();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 900 });
      const path = `test-results/screens/requests-${name}-${colorScheme}-${width}.png`;
      await page.screenshot({ path, fullPage: true });
    }
  }
  if (before) await page.setViewportSize(before);
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
}

async function noViolations(page: Page) {
  const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa"]).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join()}`)).toEqual([]);
}

test.setTimeout(45_000);

test("requests are logged as they come, can be filtered, and tell why they were refused", async ({
  page,
  request,
}) => {
  const api = await callApi<{ apiId: string; revision: number }>(request, "api.import", { source: DOCUMENT });
  const { apiId, revision } = api;
  await callApi(request, "deployment.create", { apiId, stageName: "prod", revision });
  const call = (method: string) =>
    fetch(`${stack.gatewayUrl}/${apiId}/prod/pets`, { method, headers: { authorization: "Bearer hidden" } });

  await page.goto(`/apis/${apiId}/stages/prod?tab=logging`);
  for (const [name, choice] of [
    ["Requests kept", "All"],
    ["Execution log and metrics", "Info"],
  ]) {
    const settings = page.getByRole("region", { name });
    await settings.getByRole("radio", { name: choice, exact: true }).click();
    if (choice === "All") await shoot(page, "settings");
    await settings.getByRole("button", { name: "Save" }).click();
    await expect(settings.getByText(/Saved, live/)).toBeVisible();
  }

  await page.getByRole("tab", { name: "Requests" }).click();
  await expect(page.getByRole("heading", { name: "No requests yet" })).toBeVisible();
  await call("GET");
  const rows = page.getByRole("table", { name: "Requests" }).locator("tbody tr");
  await expect(rows).toHaveCount(1);
  await call("POST");
  await expect(rows).toHaveCount(2);
  await shoot(page, "list");
  await noViolations(page);

  await page.getByRole("radio", { name: "4xx" }).click();
  await expect(page).toHaveURL(/status=4xx/);
  await expect(rows).toHaveCount(1);
  await page.getByRole("button", { name: "Pause" }).click();
  await expect(page).toHaveURL(/live=off/);
  await rows.first().press("Enter");
  const detail = page.getByRole("dialog");
  await expect(detail.getByText("The method requires an API key and none came.")).toBeVisible();
  await expect(detail.getByRole("list", { name: "Steps" })).toBeVisible();
  await expect(detail.getByText("API Key was required but not present").first()).toBeVisible();
  await expect(detail).not.toContainText("hidden");
  await shoot(page, "detail");
  await noViolations(page);
});
