import { expect, type Page, test } from "@playwright/test";
import { designPage } from "../pages/design-page";
import { importPage } from "../pages/import-page";

const DOCUMENT = {
  openapi: "3.0.1",
  info: { title: "Fields", version: "1" },
  paths: {
    "/orders": {
      get: {
        parameters: [{ name: "page", in: "query", schema: { type: "string" } }],
        responses: { "200": { description: "The orders" } },
        "x-amazon-apigateway-integration": {
          type: "http",
          httpMethod: "GET",
          uri: "https://backend.example.com/orders",
          responses: { default: { statusCode: "200" } },
        },
      },
    },
  },
};

async function openMethod(page: Page) {
  const imports = importPage(page);
  await imports.open();
  await imports.paste(JSON.stringify(DOCUMENT));
  await imports.run();
  const design = designPage(page);
  await expect(design.box("Integration")).toBeVisible();
  return design;
}

test("every field of an integration is edited, survives a reload, and is undone", async ({ page }) => {
  const { inspector, box, saved } = await openMethod(page);
  const choose = async (label: string, option: RegExp) => {
    await inspector.getByRole("combobox", { name: label }).click();
    await page.getByRole("option", { name: option }).click();
  };

  await box("Integration").click();
  await inspector.getByLabel("URL").fill("https://other.example.com/orders");
  await choose("Connection", /VPC link/);
  await inspector.getByLabel("VPC link").fill("abc123");
  await inspector.getByLabel("Load balancer").fill("arn:aws:elasticloadbalancing:eu-west-1:1:x/app/y/z");
  await inspector.getByRole("switch", { name: "Any certificate" }).click();
  await inspector.getByLabel("Timeout").fill("1500");
  await inspector.getByRole("checkbox", { name: "method.request.querystring.page" }).click();
  await inspector.getByLabel("Namespace").fill("orders");
  await box("Integration request").click();
  await choose("Content handling", /Convert to text/);
  await box("Integration response").click();
  await choose("Content handling", /Convert to binary/);
  await saved();

  await page.reload();
  await expect(inspector.getByRole("combobox", { name: "Content handling" })).toHaveText("Convert to binary");
  await box("Integration request").click();
  await expect(inspector.getByRole("combobox", { name: "Content handling" })).toHaveText("Convert to text");
  await box("Integration").click();
  await expect(inspector.getByLabel("URL")).toHaveValue("https://other.example.com/orders");
  await expect(inspector.getByRole("combobox", { name: "Connection" })).toHaveText(/VPC link/);
  await expect(inspector.getByLabel("VPC link")).toHaveValue("abc123");
  await expect(inspector.getByLabel("Load balancer")).toHaveValue(/^arn:aws:elasticloadbalancing/);
  await expect(inspector.getByRole("switch", { name: "Any certificate" })).toBeChecked();
  await expect(inspector.getByLabel("Timeout")).toHaveValue("1500");
  await expect(inspector.getByLabel("Namespace")).toHaveValue("orders");
  const inKey = inspector.getByRole("checkbox", { name: "method.request.querystring.page" });
  await expect(inKey).toBeChecked();
  await inKey.click();
  await expect(inKey).not.toBeChecked();
  await page.getByRole("button", { name: /^Undo/ }).click();
  await expect(inKey).toBeChecked();
});

test("a field says beside itself why its value is refused, and the draft keeps the last good one", async ({
  page,
}) => {
  const { inspector, box, saved } = await openMethod(page);
  await box("Integration").click();
  const refusal = inspector.getByRole("alert");
  await inspector.getByLabel("Timeout").fill("20");
  await expect(refusal).toHaveText(/between 50 ms and 29000 ms/);
  await inspector.getByLabel("Timeout").fill("2000");
  await expect(refusal).toHaveCount(0);
  await inspector.getByLabel("URL").fill("backend");
  await expect(refusal).toHaveText("Invalid HTTP endpoint specified for URI");
  await saved();
  await page.reload();
  await expect(inspector.getByLabel("URL")).toHaveValue("https://backend.example.com/orders");
  await expect(inspector.getByLabel("Timeout")).toHaveValue("2000");
});
