import { expect, type Page } from "@playwright/test";

/** A Monaco editor by its label. */
export function codeEditor(page: Page, label: string) {
  const input = page.getByRole("textbox", { name: label, exact: true });
  const editor = page.locator(".monaco-editor").filter({ has: input });
  return {
    input,
    /** The lines on screen. */
    lines: editor.locator(".view-lines"),
    /** Underlined as errors and as warnings; Monaco has no role for them. */
    errors: editor.locator(".squiggly-error"),
    warnings: editor.locator(".squiggly-warning"),
    /** What F8 shows below the line. */
    problem: editor.locator(".marker-widget"),
    /** Waits for a completion and takes it. */
    async takeSuggestion(name: string) {
      const row = page.locator(".suggest-widget .monaco-list-row").filter({ hasText: name }).first();
      // On a busy machine the list can come for fewer letters than were typed.
      await expect(async () => {
        if (!(await row.isVisible())) await input.press("Control+Space");
        await row.click({ timeout: 2000 });
      }).toPass();
    },
    /** Replaces the text as a paste would: without the editor closing brackets by itself. */
    async fill(text: string) {
      await input.focus();
      await page.keyboard.press("ControlOrMeta+a");
      await page.keyboard.press("Delete");
      await page.keyboard.insertText(text);
    },
    /** Replaces the text from the clipboard: for long texts, which would take the keyboard minutes. */
    async paste(text: string) {
      await input.focus();
      await page.keyboard.press("ControlOrMeta+a");
      await input.evaluate((node, pasted) => {
        const clipboardData = new DataTransfer();
        clipboardData.setData("text/plain", pasted);
        node.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
      }, text);
    },
    /** Puts the cursor at a place, 1-based. */
    async goTo({ line, column }: { line: number; column: number }) {
      await input.focus();
      await page.keyboard.press("Control+g");
      await page.keyboard.insertText(`${line}:${column}`);
      await page.keyboard.press("Enter");
      await input.focus();
    },
    /** Types key by key where the cursor is. */
    type: (text: string) => page.keyboard.type(text),
    /** Types key by key at the end. */
    async append(text: string) {
      await input.focus();
      await page.keyboard.press("ControlOrMeta+End");
      await page.keyboard.type(text);
    },
  };
}
