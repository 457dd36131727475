import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { sampleApi } from "../fixtures/sample-api";
import { studioPage } from "../pages/studio-page";

for (const theme of ["light", "dark"] as const) {
  test(`the trace of a template leads from each step to its place and its output (${theme})`, async ({
    page,
    request,
  }) => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    const { id } = await sampleApi(request);
    await page.goto(`/apis/${id}/templates`);
    const studio = studioPage(page);
    await studio.chooseMethod(/POST ?\/pets$/);
    await studio.chooseTemplate("Request, application/json");
    await studio.sampleBody.fill('{"name":"Rex","species":"DOG","price":7,"tags":["good","old"]}');
    await expect(studio.output).toContainText('"type": "dog"');
    await expect(studio.steps).toHaveCount(0);

    await studio.showAs("Trace");
    await studio.step("$pet.species.toLowerCase()").click();
    await expect(studio.marked).toHaveText("dog");
    await expect(studio.chosenStep).toContainText("$.species");
    await expect(page.locator(".monaco-editor .selected-text").first()).toBeVisible();
    await page.screenshot({ path: `test-results/screens/${theme}-trace.png` });

    await expect(studio.steps).toBeFocused();
    await page.keyboard.press("End");
    await expect(studio.steps.getByRole("option", { selected: true })).toContainText("text");
    await page.keyboard.press("Home");
    await expect(studio.chosenStep).toContainText("#set($pet = $input.path('$'))");
    await page.keyboard.press("ArrowDown");
    await expect(studio.marked).toContainText('"name":');
    await studio.step("escapeJavaScript($tag)").last().click();
    await expect(studio.marked).toHaveText("old");
    await expect(studio.chosenStep).toContainText("$.tags[1]");

    const { violations } = await new AxeBuilder({ page })
      .withTags(["wcag2a", "wcag2aa", "wcag21aa"])
      .exclude(".monaco-editor")
      .analyze();
    expect(
      violations.map(({ id: rule, nodes }) => `${rule}: ${nodes.map((node) => node.target).join()}`),
    ).toEqual([]);
  });
}

test("the list of steps follows the sample, stays small for a long loop, and says when there is nothing to list", async ({
  page,
  request,
}) => {
  const { id } = await sampleApi(request);
  await page.goto(`/apis/${id}/templates`);
  const studio = studioPage(page);
  await studio.chooseMethod(/POST ?\/pets$/);
  await studio.chooseTemplate("Request, application/json");
  await studio.showAs("Trace");
  await expect(studio.step("#foreach($tag in $pet.tags)").first()).toBeVisible();
  const tags = JSON.stringify(Array.from({ length: 1000 }, (_, index) => index));
  await studio.sampleBody.fill(`{"name":"Rex","species":"DOG","tags":${tags}}`);
  await expect(page.getByText(/The first 5,000 steps are listed; [\d,]+ more ran/)).toBeVisible();
  expect(await studio.steps.getByRole("option").count()).toBeLessThan(100);
  await studio.steps.focus();
  await page.keyboard.press("End");
  await expect(studio.steps.getByRole("option", { selected: true })).toHaveAttribute("aria-posinset", "5000");

  await studio.chooseMethod(/GET ?\/pets$/);
  await studio.chooseTemplate("Request, application/json");
  await studio.showAs("Trace");
  await expect(page.getByRole("heading", { name: "No steps" })).toBeVisible();
});
