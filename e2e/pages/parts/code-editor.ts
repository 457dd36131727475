import type { Page } from "@playwright/test";

/** A Monaco editor by its label. */
export function codeEditor(page: Page, label: string) {
  const input = page.getByRole("textbox", { name: label, exact: true });
  return {
    input,
    /** Replaces the text as a paste would: without the editor closing brackets by itself. */
    async fill(text: string) {
      await input.focus();
      await page.keyboard.press("ControlOrMeta+a");
      await page.keyboard.press("Delete");
      await page.keyboard.insertText(text);
    },
    /** Types key by key at the end. */
    async append(text: string) {
      await input.focus();
      await page.keyboard.press("ControlOrMeta+End");
      await page.keyboard.type(text);
    },
  };
}
