/** Gives a text to the browser as a file to save. */
export function saveFile({ filename, content }: { filename: string; content: string }): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type: "application/octet-stream" }));
  link.download = filename;
  link.click();
  URL.revokeObjectURL(link.href);
}
