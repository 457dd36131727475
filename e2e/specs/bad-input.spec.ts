import { expect, test } from "@playwright/test";
import { sampleApi } from "../fixtures/sample-api";
import { designPage } from "../pages/design-page";
import { importPage } from "../pages/import-page";

const ALIAS_BOMB = `openapi: 3.0.0
info: { title: bomb, version: "1", a: &a [x,x,x,x,x,x,x,x,x], b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a],
  c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b], d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c], e: [*d,*d,*d,*d,*d,*d,*d,*d,*d] }
paths: {}
`;
const FILE_REFERENCE = `openapi: 3.0.0
info: { title: Refers elsewhere, version: "1" }
paths:
  /a:
    get:
      responses:
        "200":
          description: ok
          content:
            application/json:
              schema: { $ref: "file:///etc/passwd" }
`;

test("a document that cannot be imported says where and why, and makes nothing", async ({ page }) => {
  const imports = importPage(page);
  await imports.open();
  await imports.paste("openapi: 3.0.0\ninfo:\n  title: [broken\npaths: {}\n");
  await expect(page.getByText(/^Line \d+/)).toBeVisible();
  await expect(imports.importButton).toBeDisabled();
  await imports.paste(ALIAS_BOMB);
  await expect(page.getByText(/alias/i).first()).toBeVisible();
  await expect(imports.importButton).toBeDisabled();
});

test("a reference to a file is never followed: the report tells its line", async ({ page }) => {
  const imports = importPage(page);
  await imports.open();
  await imports.paste(FILE_REFERENCE);
  await expect(imports.importButton).toBeEnabled();
  await imports.reportTab.click();
  await expect(
    page.getByText(/file:\/\/\/etc\/passwd|other files|not fetched|never fetched/i).first(),
  ).toBeVisible();
});

test("a path part that AWS refuses is refused beside the field, and nothing is lost", async ({
  page,
  request,
}) => {
  const { id } = await sampleApi(request);
  await page.goto(`/apis/${id}/design`);
  const design = designPage(page);
  await expect(design.item("/pets")).toBeVisible();
  await design.item("/").click();
  await page.getByRole("button", { name: "Add to this resource" }).click();
  await page.getByRole("menuitem", { name: /^Add resource below/ }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Path").fill("two words");
  await dialog.getByRole("button", { name: "Add resource" }).click();
  await expect(dialog.getByRole("alert")).toContainText(/path part/i);
  await expect(dialog.getByLabel("Path")).toHaveValue("two words");
});

test("two people edit one draft: both changes are kept, and both can be undone", async ({
  page,
  context,
  request,
}) => {
  const { id } = await sampleApi(request);
  const other = await context.newPage();
  const [mine, theirs] = [designPage(page), designPage(other)];
  await page.goto(`/apis/${id}/design`);
  await other.goto(`/apis/${id}/design`);
  await expect(mine.item("/pets")).toBeVisible();
  await expect(theirs.item("/pets")).toBeVisible();
  await theirs.addResource("/", "theirs");
  await theirs.saved();
  await mine.addResource("/", "mine");
  await mine.saved();
  await expect(mine.item("/theirs")).toBeVisible();
  await expect(mine.item("/mine")).toBeVisible();
  await page.getByRole("button", { name: /^Undo/ }).click();
  await expect(mine.item("/mine")).toBeHidden();
  await page.getByRole("button", { name: /^Undo/ }).click();
  await expect(mine.item("/theirs")).toBeHidden();
  await other.close();
});

test("a back end that cannot be reached is told in the test run, with its step", async ({
  page,
  request,
}) => {
  const { id } = await sampleApi(request);
  await page.goto(`/apis/${id}/test`);
  await page.getByRole("list", { name: "Methods" }).getByRole("button", { name: "POST /pets" }).click();
  await page.getByRole("button", { name: /^Run/ }).click();
  await page.getByRole("tab", { name: /^Log/ }).click();
  await expect(page.getByRole("list", { name: "Execution log" })).toContainText(
    /Execution failed|Method completed/,
  );
});
