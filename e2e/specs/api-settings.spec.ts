import { expect, test } from "@playwright/test";
import { openApiWithTemplate } from "../fixtures/template-api";
import { codeEditor } from "../pages/parts/code-editor";

test("every setting of an API is edited and survives a reload; what cannot be kept is said beside the field", async ({
  page,
}) => {
  await openApiWithTemplate(page, "{}");
  await page.goto(page.url().replace(/\/templates.*/, "/settings"));
  const choose = async (label: string, option: RegExp) => {
    await page.getByRole("combobox", { name: label }).click();
    await page.getByRole("option", { name: option }).click();
  };
  await page.getByLabel("Version").fill("1.4");
  await choose("API key from", /authorizer's answer/);
  await page.getByLabel("Binary media types").fill("image/png\n*/*");
  await page.getByLabel("Compress from").fill("10485761");
  await expect(page.getByText(/Invalid minimum compression size/)).toBeVisible();
  const save = page.getByRole("button", { name: "Save", exact: true });
  await expect(save).toBeDisabled();
  await page.getByLabel("Compress from").fill("1024");
  await page.getByRole("switch", { name: "Default endpoint off" }).click();
  await choose("Endpoint type", /Private/);
  await page.getByLabel("VPC endpoints").fill("vpce-1");
  await choose("Start from an example", /Only some addresses/);
  await save.click();
  await expect(save).toBeHidden();

  await page.getByRole("button", { name: "Add tag" }).click();
  await page.getByLabel("Key 1").fill("aws:team");
  await expect(page.getByText(/reserved/)).toBeVisible();
  await page.getByLabel("Key 1").fill("team");
  await page.getByLabel("Value 1").fill("orders");
  await page.getByRole("button", { name: "Save tags" }).click();
  await expect(page.getByRole("button", { name: "Save tags" })).toBeHidden();

  await page.reload();
  await expect(page.getByLabel("Version")).toHaveValue("1.4");
  await expect(page.getByRole("combobox", { name: "API key from" })).toHaveText(/authorizer's answer/);
  await expect(page.getByLabel("Binary media types")).toHaveValue("image/png\n*/*");
  await expect(page.getByLabel("Compress from")).toHaveValue("1024");
  await expect(page.getByRole("switch", { name: "Default endpoint off" })).toBeChecked();
  await expect(page.getByRole("combobox", { name: "Endpoint type" })).toHaveText(/Private/);
  await expect(page.getByLabel("VPC endpoints")).toHaveValue("vpce-1");
  await expect(codeEditor(page, "Resource policy").lines).toContainText("execute-api:Invoke");
  await expect(page.getByLabel("Value 1")).toHaveValue("orders");
});
