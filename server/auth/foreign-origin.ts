/**
 * Whether a page of another origin sends this request. Cookies know no ports, so a page of another port on this machine
 * sends ours too: its Origin gives it away. Programs send no Origin.
 */
export function isForeignOrigin(headers: Headers): boolean {
  const origin = headers.get("origin");
  if (origin === null) {
    // A link on another site may lead to a page of ours.
    return headers.get("sec-fetch-site") === "cross-site" && headers.get("sec-fetch-mode") !== "navigate";
  }
  const host = headers.get("host");
  return !host || (origin !== `http://${host}` && origin !== `https://${host}`);
}
