import { type APIResponse, expect, test } from "@playwright/test";
import { exampleDocument } from "../fixtures/documents";
import { stack } from "../fixtures/stack";
import { designPage } from "../pages/design-page";
import { importPage } from "../pages/import-page";
import { deployDialog } from "../pages/parts/deploy-dialog";
import { studioPage } from "../pages/studio-page";
import { usagePlanPage } from "../pages/usage-plan-page";

const answerOf = async (response: APIResponse) => [response.status(), await response.json()];

test("a developer imports an API, adds a mapped method, deploys it, and a client calls it with a metered key", async ({
  page,
  request,
}) => {
  test.setTimeout(180_000);

  const imports = importPage(page);
  await imports.open();
  await imports.paste(exampleDocument("3.0/json/petstore-simple.json"));
  await imports.reportTab.click();
  await expect(page.getByText(/kept|translated/i).first()).toBeVisible();
  await imports.run();
  const apiId = /apis\/([a-z0-9]{10})/.exec(page.url())?.[1] ?? "";

  const design = designPage(page);
  await expect(design.item("/pet")).toBeVisible();
  await design.addResource("/", "hello");
  await expect(design.item("/hello")).toHaveAttribute("aria-selected", "true");
  await design.addMockMethod("GET");
  await expect(design.item("GET /hello")).toBeVisible();
  await design.box("Method request").click();
  await design.inspector.getByRole("switch", { name: "API key required" }).click();
  await design.saved();

  await design.box("Integration response").click();
  await design.inspector.getByRole("button", { name: "Add a template" }).click();
  await design.inspector.getByRole("textbox", { name: "Content type" }).press("Enter");
  await design.inspector.getByRole("link", { name: "Open in studio" }).click();

  const studio = studioPage(page);
  const head = `{"hello": "", "stage": "dev", "n": `;
  await studio.template.fill(`{"hello": "$input.params('name')", "stage": "$context.stage", "n": 1}`);
  await expect(studio.output).toHaveText(`${head}1}`);
  for (const [key, printed] of [
    ["Backspace", "1"],
    ["Backspace", ""],
    ["4", "4"],
    ["2", "42"],
    ["}", "42}"],
  ] as const) {
    await page.keyboard.press(key);
    await expect(studio.output).toHaveText(`${head}${printed}`.trimEnd());
  }
  await expect(page.getByText("valid JSON")).toBeVisible();
  const template = `{"hello": "$input.params('name')", "stage": "$context.stage", "n": 42}`;
  await studio.template.fill(`${template}\n#if($x)`);
  await expect(studio.problem).toContainText(/line 2, column \d+/);
  await studio.template.fill(template);
  await expect(studio.problem).toHaveCount(0);
  await design.saved();

  await page.goto(`/apis/${apiId}/test`);
  await page.getByRole("list", { name: "Methods" }).getByRole("button", { name: "GET /hello" }).click();
  await page.getByRole("button", { name: /^Run/ }).click();
  await expect(page.getByRole("region", { name: "Response body" })).toContainText(`"n": 42`);
  await page.getByRole("tab", { name: /^Log/ }).click();
  await expect(page.getByRole("list", { name: "Execution log" })).toContainText(
    "Successfully completed execution",
  );

  await page.goto(`/apis/${apiId}/design`);
  const deploy = deployDialog(page);
  await deploy.deployTo("prod", "The first one");
  await deploy.done();

  const url = `${stack.gatewayUrl}/${apiId}/prod/hello`;
  const refused = { status: 403, body: { message: "Forbidden" } };
  await expect.poll(async () => (await request.get(url)).status()).toBe(refused.status);
  expect(await answerOf(await request.get(url))).toEqual([refused.status, refused.body]);

  const plans = usagePlanPage(page);
  await plans.create("Metered", { quota: 3, period: "day" });
  await plans.addStage("Simple Petstore / prod");
  const meteredKey = await plans.issueKey("metered client");
  const call = (key: string, name = "") =>
    request.get(`${url}?name=${name}`, { headers: { "x-api-key": key } });
  await expect.poll(async () => (await call(meteredKey, "you")).status(), { timeout: 10_000 }).toBe(200);
  expect(await answerOf(await call(meteredKey, "you"))).toEqual([
    200,
    { hello: "you", stage: "prod", n: 42 },
  ]);
  expect((await call(meteredKey)).status()).toBe(200);
  expect(await answerOf(await call(meteredKey))).toEqual([429, { message: "Limit Exceeded" }]);

  await plans.create("Slow", { rate: 1, burst: 1 });
  await plans.addStage("Simple Petstore / prod");
  const slowKey = await plans.issueKey("slow client");
  await expect.poll(async () => (await call(slowKey)).status(), { timeout: 10_000 }).toBe(200);
  const burst = await Promise.all(Array.from({ length: 5 }, () => call(slowKey)));
  const throttled = burst.find((response) => response.status() === 429);
  expect(throttled && (await throttled.json())).toEqual({ message: "Too Many Requests" });
});
