import { expect, test } from "@playwright/test";
import { openApiWithTemplate } from "../fixtures/template-api";
import { studioPage } from "../pages/studio-page";

test("a template is completed, checked and explained while it is typed", async ({ page }) => {
  await openApiWithTemplate(page, '{"a": 1}');
  const studio = studioPage(page);
  await test.step("completion knows the context, the sample and its types", async () => {
    await studio.template.fill('{"ip": "$context.identity.');
    await studio.template.type("so");
    await studio.template.takeSuggestion("sourceIp");
    await studio.template.type(`", "mail": $input.json('$.ow`);
    await studio.template.takeSuggestion(".owner");
    await studio.template.type(".");
    await studio.template.takeSuggestion(".email");
    await studio.template.type(`'), "n": 1}`);
    await expect(studio.output).toHaveText('{"ip": "127.0.0.1", "mail": "rex@example.com", "n": 1}');
  });

  await test.step("several mistakes are marked at once, each with a remedy", async () => {
    await studio.template.fill("#if($a = 1)x#end\n#set($b = $c -1)\n$context.requestid\n#if(true)");
    await expect(studio.template.errors).toHaveCount(3);
    await expect(studio.template.warnings).toHaveCount(1);
    await studio.template.goTo({ line: 1, column: 1 });
    await studio.template.input.press("F8");
    await expect(studio.template.problem).toContainText("Compare with ==");
    await expect(studio.problem).toContainText("Compare with ==");
    await page.keyboard.press("Escape");
  });

  await test.step("an output that is not JSON leads to the place in the template", async () => {
    await studio.template.fill(`{"name": $input.path('$.name')}`);
    const status = page.getByRole("region", { name: "Output" }).getByRole("status");
    await expect(status).toContainText("Rex is not in quotes, in line 1, column 10");
    await status.getByRole("button", { name: "template line 1" }).click();
    await expect(studio.template.input).toBeFocused();
    await studio.template.fill(`{"name": $input.json('$.name')}`);
    await expect(status).toHaveCount(0);
    await expect(page.getByText("valid JSON")).toBeVisible();
  });
});
