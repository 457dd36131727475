import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { callApi } from "../fixtures/call-api";
import { stack } from "../fixtures/stack";
import { startTurningBackend } from "../fixtures/turning-backend";
import { canaryPage } from "../pages/canary-page";

const DOCUMENT = JSON.stringify({
  openapi: "3.0.1",
  info: { title: "Canary", version: "1" },
  paths: {
    "/": {
      get: {
        responses: { "200": { description: "ok" } },
        "x-amazon-apigateway-integration": {
          type: "http_proxy",
          httpMethod: "GET",
          uri: "http://${stageVariables.host}/",
        },
      },
    },
  },
});

let production: Awaited<ReturnType<typeof startTurningBackend>>;
let canary: Awaited<ReturnType<typeof startTurningBackend>>;
let apiId: string;

test.beforeEach(async ({ request }) => {
  production = await startTurningBackend();
  canary = await startTurningBackend();
  const made = { source: DOCUMENT };
  const api = await callApi<{ apiId: string; revision: number }>(request, "api.import", made);
  apiId = api.apiId;
  const stage = { apiId, stageName: "prod" };
  const variables = { host: production.host };
  await callApi(request, "deployment.create", { ...stage, revision: api.revision, variables });
});
test.afterEach(async () => {
  await production?.stop();
  await canary?.stop();
});

const call = async (who: number) => {
  const headers = { "x-customer-id": `customer-${who}` };
  return (await fetch(`${stack.gatewayUrl}/${apiId}/prod/`, { headers })).status;
};
const callMany = (from: number, count: number) =>
  Promise.all(Array.from({ length: count }, (_, i) => call(from + i)));

async function noViolations(page: Page) {
  const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa"]).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join()}`)).toEqual([]);
}

test("a canary whose back end turns bad is aborted by itself, and the console tells why", async ({
  page,
}) => {
  // It takes half a minute; the limit is for machines that do other things too.
  test.setTimeout(120_000);
  const screen = canaryPage(page);
  await screen.open(apiId);
  await expect(page.getByRole("heading", { name: "No canary" })).toBeVisible();
  await screen.shoot("empty");
  await noViolations(page);

  await page.getByRole("button", { name: "Start a canary" }).click();
  await screen.share.focus();
  await page.keyboard.press("Home");
  await expect(screen.share).toHaveValue("0");
  await page.getByRole("radio", { name: "Header" }).click();
  await screen.override("host").fill(canary.host);
  await screen.shoot("start");
  await noViolations(page);
  await page.getByRole("button", { name: "Start with 0 %" }).click();
  await expect(page.getByText("Nothing goes to the canary at 0 %.")).toBeVisible();

  await page.getByRole("button", { name: "Set up steps" }).click();
  const share = (step: number) => page.getByLabel(`Share of step ${step}`, { exact: true });
  await share(2).fill("120");
  await expect(share(2)).toHaveAccessibleDescription("At most 100");
  await share(2).fill("3");
  await expect(share(2)).toHaveAccessibleDescription("More than the 5 % of step 1");
  await expect(page.getByRole("button", { name: "Run the steps" })).toBeDisabled();
  await screen.shoot("steps-fault");
  await share(1).fill("50");
  await page.getByRole("button", { name: "Remove step 3" }).click();
  await page.getByRole("button", { name: "Remove step 2" }).click();
  await page.getByLabel("Judged from").fill("10");
  await screen.shoot("steps-form");
  await page.getByRole("button", { name: "Run the steps" }).click();
  await expect(screen.steps.getByRole("listitem").first()).toContainText("50 %");

  // Good while its back end is: figures of both sides come in, and the verdict is "pass".
  await expect(async () => {
    expect(await callMany(0, 60)).toEqual(new Array(60).fill(200));
    await expect(screen.steps.getByText("pass")).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await expect(screen.compared.getByRole("row", { name: /^Requests/ })).not.toContainText(/\b0\b/);
  await screen.shoot("running");
  await noViolations(page);

  canary.turnBad();
  const turnedAt = Date.now();
  await expect(async () => {
    await callMany(0, 20);
    await expect(screen.abortNotice).toBeVisible({ timeout: 1_000 });
  }).toPass();
  expect(Date.now() - turnedAt).toBeLessThan(60_000);
  await expect(screen.abortNotice).toContainText(/% of \d+ requests failed, the limit is 1 %/);
  await expect(page.getByRole("heading", { name: "No canary" })).toBeVisible();
  await expect(async () => expect(await callMany(0, 40)).toEqual(new Array(40).fill(200))).toPass();

  await expect(screen.reports).toContainText("Step 1: aborted at 50 %");
  await expect(screen.reports.getByRole("table", { name: "Canary and production compared" })).toBeVisible();
  await screen.shoot("aborted");
  await noViolations(page);
  await page.getByRole("tab", { name: "Overview" }).click();
  await expect(page.getByText(/^Aborted the canary: /)).toBeVisible();
  await page.goto("/audit");
  await expect(page.getByText("aborted the canary of").first()).toBeVisible();
});

test("a canary is promoted by hand, after the console has said what changes", async ({ page }) => {
  const screen = canaryPage(page);
  await screen.open(apiId);
  await page.getByRole("button", { name: "Start a canary" }).click();
  await screen.override("host").fill(canary.host);
  await page.getByRole("button", { name: "Start with 5 %" }).click();
  await expect(page.getByRole("button", { name: "Promote…" })).toBeVisible();
  await screen.share.focus();
  await page.keyboard.press("End");
  // What is set stays while another tab is looked at, and is not lost to a link without being asked.
  await page.getByRole("tab", { name: "Variables" }).click();
  await page.getByRole("link", { name: "Usage plans" }).click();
  await expect(page.getByRole("dialog", { name: "Leave without saving?" })).toBeVisible();
  await screen.shoot("leave");
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("tab", { name: "Canary 5 %" }).click();
  await expect(screen.share).toHaveValue("100");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("tab", { name: "Canary 100 %" })).toBeVisible();

  await page.getByRole("button", { name: "Promote…" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("region", { name: "Variables taken over" })).toContainText(canary.host);
  await screen.shoot("promote");
  await noViolations(page);
  await dialog.getByRole("button", { name: "Promote #2" }).click();
  await expect(page.getByRole("heading", { name: "No canary" })).toBeVisible();
  await expect(page.getByText("Deployment #2")).toBeVisible();
  await page.getByRole("tab", { name: "Variables" }).click();
  await expect(page.getByRole("textbox", { name: "Value of host" })).toHaveValue(canary.host);
});
