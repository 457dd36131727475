import { expect, test } from "@playwright/test";
import { callApi } from "../fixtures/call-api";
import { sampleApi } from "../fixtures/sample-api";
import { beginLook, complaintsOf, lookAt } from "../pages/parts/look-at";
import { signInPage } from "../pages/sign-in-page";

test("a time that the cache refuses is told at its field, and on a phone beside the row's name", async ({
  page,
  request,
}) => {
  const { id } = await sampleApi(request);
  const complaints = complaintsOf(page);
  await beginLook(page);
  await page.goto(`/apis/${id}/stages/dev?tab=cache`);
  await page.getByRole("switch", { name: "Keep answers of this stage's methods" }).click();
  await page.getByRole("button", { name: "Give GET /pets settings of its own", exact: true }).click();
  const table = page.getByRole("table", { name: "Caching of methods" });
  await table.scrollIntoViewIfNeeded();
  await lookAt(page, "cache switched on");

  await beginLook(page);
  const seconds = page.getByRole("textbox", { name: "Seconds answers of GET /pets are kept", exact: true });
  await seconds.fill("4000");
  await expect(seconds).toHaveAccessibleDescription(/whole seconds, 0 to 3600/i);
  await expect(page.getByRole("button", { name: "Save", exact: true })).toBeDisabled();
  await lookAt(page, "cache time refused");
  await expect(table.getByText("Kept for: whole seconds, 0 to 3600")).toBeInViewport();
  expect(complaints).toEqual([]);
});

test("who may only look at a stage's settings reads why, and who can change them", async ({
  browser,
  request,
}) => {
  const { id } = await sampleApi(request);
  const person = { name: "Viewer of settings", email: "viewer-of-settings@example.com", role: "viewer" };
  const { temporaryPassword: password } = await callApi<{ temporaryPassword: string }>(
    request,
    "people.create",
    person,
  );
  const page = await browser.newPage({ storageState: { cookies: [], origins: [] } });
  const complaints = complaintsOf(page);
  await beginLook(page);
  await page.goto(`/apis/${id}/stages/dev?tab=logging`);
  await signInPage(page).signIn({ ...person, password });
  await expect(page.getByText("Your role, viewer, can look at these settings.")).toBeVisible();
  const log = page.getByRole("radiogroup", { name: "Execution log of the stage" });
  await expect(log.getByRole("radio", { name: "Info" })).toBeDisabled();
  await lookAt(page, "logs of a viewer");
  expect(complaints).toEqual([]);
  await page.close();
});
