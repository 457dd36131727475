import { expect, type Page } from "@playwright/test";

/** The designer: resource tree, method flow, inspector. */
export function designPage(page: Page) {
  const tree = page.getByRole("tree", { name: "Resources" });
  const inspector = page.getByRole("region", { name: "Inspector" });
  return {
    tree,
    inspector,
    item: (name: string) => tree.getByRole("treeitem", { name, exact: true }),
    async addResource(parent: string, path: string) {
      await this.item(parent).click();
      await expect(this.item(parent)).toHaveAttribute("aria-selected", "true");
      await page.getByRole("button", { name: "Add to this resource" }).click();
      await page.getByRole("menuitem", { name: /^Add resource below/ }).click();
      await page.getByRole("dialog").getByLabel("Path").fill(path);
      await page.getByRole("button", { name: "Add resource" }).last().click();
    },
    /** Adds a method of the chosen integration to the selected resource. */
    async addMockMethod(verb: string) {
      await page.getByRole("button", { name: "Add to this resource" }).click();
      await page.getByRole("menuitem", { name: /^Add method to/ }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("Method").click();
      await page.getByRole("option", { name: verb, exact: true }).click();
      await dialog.getByRole("button", { name: "Add method" }).click();
      await expect(dialog).toBeHidden();
    },
    box: (title: string) =>
      page.getByRole("region", { name: "Method flow" }).getByRole("button", { name: title, exact: true }),
    async saved() {
      await expect(page.getByText(/^(Saved|All changes are saved)/)).toBeVisible();
    },
  };
}
